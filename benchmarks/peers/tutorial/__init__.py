"""A small Django project in the manner of the Channels tutorial: rooms with groups, the ORM through `database_sync_to_async`."""
