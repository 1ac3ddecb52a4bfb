"""A host name of a tenant's own; it serves that tenant's pages once it is verified (decision 45)."""

from django.db import models

from tenants.models.base import Owned


class Domain(Owned):
    host = models.CharField(max_length=253, unique=True)  # lower case, without port
    verified = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.host
