"""What a log line is, and what is none."""

import logging


class Said(logging.Filter):
    """An answer 503 was meant: whoever gave it has said why. Django would call each one an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", 500) != 503 or record.exc_info is not None
