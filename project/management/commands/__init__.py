"""`manage.py up` and `manage.py serve`."""
