"""A tenant: a client's space, with the name and colours that its public pages wear."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.ids import public_id

colour = RegexValidator(r"\A#[0-9a-f]{6}\Z", _("A colour is written #rrggbb."))


class Tenant(models.Model):
    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=[("fr", _("French")), ("en", _("English"))], default="fr")
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")

    # The four properties that a tenant's stylesheet may set, and nothing else.
    brand_1 = models.CharField(max_length=7, validators=[colour], default="#ff5c1f")
    brand_2 = models.CharField(max_length=7, validators=[colour], default="#2a3cf0")
    brand_radius = models.FloatField(validators=[MinValueValidator(0), MaxValueValidator(1.5)], default=1.0)
    brand_ground = models.CharField(max_length=7, validators=[colour], blank=True)  # empty: brand_1

    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
