"""The REST interface: each package brings its router."""

from games.api import router as games
from realtime.api import router as commands
from tenants.api import router as tenants
from tenants.interface import Interface

api = Interface(title="So-Buzz", version="1", docs_url=None, urls_namespace="api")
api.add_router("", tenants)
api.add_router("", games)
api.add_router("", commands)
