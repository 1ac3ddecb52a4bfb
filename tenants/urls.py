"""Addresses of this package's pages; included at the root."""

from django.urls import path

from tenants import platform, views

urlpatterns = [
    path("console/login/", views.login_page, name="login"),
    path("console/logout/", views.logout_page, name="logout"),
    path("console/choose/", views.choose_page, name="choose"),
    path("console/platform/", platform.page, name="platform"),
]
