"""Commands of manage.py that games bring."""
