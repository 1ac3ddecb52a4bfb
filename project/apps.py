"""The Django application of this package."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "project"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from project import sight
        from tenants import platform

        platform.look = sight.look
