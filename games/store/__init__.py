"""The only way from the event loop to the database, and the only writer of a game's log."""

from games.store.store import LEASE, Came, Due, Fenced, Loaded, Place, Posted, Store, Summary

__all__ = ["LEASE", "Came", "Due", "Fenced", "Loaded", "Place", "Posted", "Store", "Summary"]
