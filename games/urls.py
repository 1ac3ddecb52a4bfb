"""The addresses of these pages."""

urlpatterns: list = []
