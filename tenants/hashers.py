"""How passwords are hashed: argon2id at a price that 2 cores can pay (28 ms and 19 MiB each), four at a time."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 4
PATIENCE = 10.0  # seconds in the queue, then the sign-in is refused as busy

gate = BoundedSemaphore(AT_ONCE)


class TooBusy(RuntimeError):
    """More people sign in at this second than can be served; trying again helps."""


class Argon2(Argon2PasswordHasher):
    """Django's default takes 100 MiB and 304 ms: a few dozen sign-ins at once would stop every game."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _Turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _Turn():
            return super().verify(password, encoded)


class _Turn:
    """One of the few places at the gate."""

    def __enter__(self) -> None:
        if not gate.acquire(timeout=PATIENCE):
            raise TooBusy

    def __exit__(self, *exc: object) -> None:
        gate.release()
