"""The addresses of the console's pages of games."""

from django.urls import path

from games.console import home, listing, live, overview

urlpatterns = [
    path("", home.page, name="console"),
    path("games/", listing.page, name="console-games"),
    path("games/<slug:public_id>/", overview.page, name="console-game"),
    path("games/<slug:public_id>/figures/", overview.figures, name="console-figures"),
    path("games/<slug:public_id>/live/", live.page, name="console-live"),
    path("games/<slug:public_id>/live/log/", live.log, name="console-log"),
    path("games/<slug:public_id>/live/players/", live.players, name="console-players"),
]
