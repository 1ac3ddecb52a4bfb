"""The REST interface: each package brings its router."""

from ninja import NinjaAPI

from games.api import router as games
from realtime.api import router as commands
from tenants.api import router as tenants

api = NinjaAPI(title="So-Buzz", version="1", docs_url=None, urls_namespace="api")
api.add_router("", tenants)
api.add_router("", games)
api.add_router("", commands)
