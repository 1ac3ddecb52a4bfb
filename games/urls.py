"""The addresses of these pages."""

from django.urls import path

from games.pages import front, play, proof, screen, tenant

urlpatterns = [
    path("", front.front, name="front"),
    path("c/", front.code, name="codes"),
    path("c/<str:code>/", front.code, name="code"),
    path("t/<slug:tenant>/", tenant.page, name="tenant"),
    path("t/<slug:tenant>/theme.css", tenant.theme, name="theme"),
    path("t/<slug:tenant>/<slug:game>/", play.page, name="play"),
    path("t/<slug:tenant>/<slug:game>/screen/", screen.page, name="screen"),
    path("t/<slug:tenant>/<slug:game>/proof/", proof.page, name="proof"),
    path("t/<slug:tenant>/<slug:game>/proof.zip", proof.download, name="proof-zip"),
]
