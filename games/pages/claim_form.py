"""What a winner has to give: a name and an address for mail; where the prize is sent, also where he lives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from games.winners.claims import Given


class ClaimForm(forms.Form):
    name = forms.CharField(label=_("First and last name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    street = forms.CharField(label=_("Street and number"), max_length=160)
    postcode = forms.CharField(label=_("Postcode"), max_length=12)
    city = forms.CharField(label=_("Town"), max_length=80)
    country = forms.CharField(label=_("Country"), max_length=60)

    AUTOFILL = {
        "name": "name",
        "email": "email",
        "street": "street-address",
        "postcode": "postal-code",
        "city": "address-level2",
        "country": "country-name",
    }
    PLACE = ("street", "postcode", "city", "country")

    def __init__(self, *given: Any, posted: bool) -> None:
        super().__init__(*given)
        self.posted = posted
        for name in () if posted else self.PLACE:
            del self.fields[name]
        for name, field in self.fields.items():
            field.error_messages.update(required=_("Fill this in."), invalid=_("This is not a complete e-mail address."))
            field.widget.attrs.update({"class": "input", "autocomplete": self.AUTOFILL[name]})
        for name in self.errors:
            self.fields[name].widget.attrs["aria-invalid"] = "true"

    def given(self) -> Given:
        """As a label for a parcel has it."""
        found = self.cleaned_data
        if not self.posted:
            return Given(found["name"], found["email"])
        return Given(found["name"], found["email"], f"{found['street']}\n{found['postcode']} {found['city']}\n{found['country']}")
