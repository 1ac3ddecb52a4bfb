"""A trouble that lasts does not fill a disk."""

import logging

from realtime.complaints import EVERY, Complaint


def test_it_is_said_at_once_and_then_now_and_then_with_how_often(caplog):
    now = [0.0]
    complain = Complaint(logging.getLogger("test"), "no layer for %s", lambda: now[0])
    for _ in range(60):
        now[0] += EVERY / 40
        try:
            raise OSError("away")
        except OSError:
            complain("games")
    assert [record.getMessage() for record in caplog.records] == ["no layer for games", "no layer for games (40 times)"]
    assert all(record.exc_info for record in caplog.records)
