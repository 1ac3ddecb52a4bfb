"""The addresses of these pages."""

from django.urls import path

from games.pages import claim, front, mailbox, play, poster, proof, rules, screen, tenant

urlpatterns = [
    path("", front.front, name="front"),
    path("demo/mail/", mailbox.page, name="mails"),
    path("demo/mail/<slug:name>/", mailbox.mail, name="mail"),
    path("demo/mail/<slug:name>/html/", mailbox.html, name="mail-html"),
    path("c/", front.code, name="codes"),
    path("c/<str:code>/", front.code, name="code"),
    path("t/<slug:tenant>/", tenant.page, name="tenant"),
    path("t/<slug:tenant>/theme.css", tenant.theme, name="theme"),
    path("t/<slug:tenant>/<slug:game>/", play.page, name="play"),
    path("t/<slug:tenant>/<slug:game>/claim/<slug:award>/", claim.page, name="claim"),
    path("t/<slug:tenant>/<slug:game>/screen/", screen.page, name="screen"),
    path("t/<slug:tenant>/<slug:game>/rules/", rules.page, name="rules"),
    path("t/<slug:tenant>/<slug:game>/rules/<int:version>/", rules.page, name="rules-version"),
    path("t/<slug:tenant>/<slug:game>/rules/<int:version>.txt", rules.plain, name="rules-text"),
    path("t/<slug:tenant>/<slug:game>/rules/<int:version>.pdf", rules.printed, name="rules-pdf"),
    path("t/<slug:tenant>/<slug:game>/poster/", poster.page, name="poster"),
    path("t/<slug:tenant>/<slug:game>/poster-<slug:size>.pdf", poster.printed, name="poster-pdf"),
    path("t/<slug:tenant>/<slug:game>/proof/", proof.page, name="proof"),
    path("t/<slug:tenant>/<slug:game>/proof/verify/", proof.verify, name="proof-verify"),
    path("t/<slug:tenant>/<slug:game>/proof.zip", proof.download, name="proof-zip"),
]
