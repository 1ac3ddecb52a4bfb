"""The sign-in form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.signin import LONGEST_PASSWORD


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Type the e-mail address of your account."),
            "invalid": _("This address is not complete: it looks like name@example.com."),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        error_messages={"required": _("Type your password."), "max_length": _("This is longer than any password here.")},
    )
