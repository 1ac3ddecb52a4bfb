"""The addresses of the console's pages of games."""

from django.urls import path

from games.console import counter, evidence, home, listing, live, overview, papers, players, prizes, results, winner, winners
from games.console.export import page as export
from games.console.setup import drafts, new, page, preview, publish

urlpatterns = [
    path("", home.page, name="console"),
    path("counter/", counter.page, name="console-counter"),
    path("counter/<slug:award>/", counter.act, name="console-counter-act"),
    path("games/", listing.page, name="console-games"),
    path("games/new/", new.page, name="console-new"),
    path("games/<slug:game>/clone/", new.clone, name="console-clone"),
    path("games/<slug:game>/archive/", drafts.archive, name="console-archive"),
    path("games/<slug:public_id>/", overview.page, name="console-game"),
    path("games/<slug:public_id>/figures/", overview.figures, name="console-figures"),
    path("games/<slug:public_id>/players/", players.page, name="console-game-players"),
    path("games/<slug:public_id>/prizes/", prizes.page, name="console-game-prizes"),
    path("games/<slug:public_id>/results/", results.page, name="console-game-results"),
    path("games/<slug:public_id>/proof/", evidence.page, name="console-game-proof"),
    path("games/<slug:public_id>/proof/pack.zip", evidence.download, name="console-game-pack"),
    path("games/<slug:public_id>/export/", export.page, name="console-game-export"),
    path("games/<slug:public_id>/export/file/", export.download, name="console-game-file"),
    path("games/<slug:public_id>/papers/", papers.page, name="console-papers"),
    path("games/<slug:public_id>/live/", live.page, name="console-live"),
    path("games/<slug:public_id>/live/log/", live.log, name="console-log"),
    path("games/<slug:public_id>/live/players/", live.players, name="console-players"),
    path("games/<slug:public_id>/winners/", winners.page, name="console-winners"),
    path("games/<slug:public_id>/winners/settings/", winners.settings, name="console-handover"),
    path("games/<slug:public_id>/winners/substitutes/", winners.substitutes, name="console-substitutes"),
    path("games/<slug:public_id>/winners/<slug:award>/", winner.page, name="console-winner"),
    path("drafts/", drafts.page, name="console-drafts"),
    path("drafts/<slug:draft>/", page.page, name="console-draft"),
    path("drafts/<slug:draft>/preview/", preview.page, name="console-draft-preview"),
    path("drafts/<slug:draft>/publish/", publish.page, name="console-draft-publish"),
    path("drafts/<slug:draft>/try/", publish.attempt, name="console-draft-try"),
    path("drafts/<slug:draft>/history/", drafts.history, name="console-draft-history"),
    path("drafts/<slug:draft>/restore/", drafts.restore, name="console-draft-restore"),
    path("drafts/<slug:draft>/bin/", drafts.throw, name="console-draft-bin"),
    path("drafts/<slug:draft>/take-back/", drafts.take_back, name="console-draft-back"),
]
