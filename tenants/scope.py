"""Whose data the running code may touch: one tenant's, or, said aloud, the platform's.

The scope is a context variable: it follows `await`, `sync_to_async` and tasks, and never leaks into another request.
A thread of one's own begins without a scope and has to open the one it was given (decision 50).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum, auto


class Platform(Enum):
    """The scope that sees every tenant: for sweeps, sign-in and the look-up of a tenant."""

    PLATFORM = auto()


PLATFORM = Platform.PLATFORM
_scope: ContextVar[int | Platform | None] = ContextVar("scope", default=None)


class OutsideScope(RuntimeError):
    """Data of tenants was touched without saying whose, or from the scope of another tenant."""


@contextmanager
def tenant(tenant_id: int) -> Iterator[None]:
    """Everything inside belongs to this tenant; the scope outside comes back at the end."""
    if isinstance(tenant_id, bool) or not isinstance(tenant_id, int) or tenant_id < 1:
        raise OutsideScope(f"{tenant_id!r} is not the number of a tenant.")
    with _opened(tenant_id):
        yield


@contextmanager
def platform() -> Iterator[None]:
    """Everything inside sees all tenants: a sweep, a sign-in, the search for a tenant by name."""
    with _opened(PLATFORM):
        yield


def current() -> int | Platform:
    found = _scope.get()
    if found is None:
        raise OutsideScope("Open `scope.tenant(…)` or `scope.platform()` first.")
    return found


def owner() -> int:
    """The tenant of the scope, where there must be one."""
    found = current()
    if found is PLATFORM:
        raise OutsideScope("This is one tenant's business: open `scope.tenant(…)`.")
    assert isinstance(found, int)
    return found


def peek() -> int | Platform | None:
    """The scope or None; for what has to work without one, such as the database's back end."""
    return _scope.get()


@contextmanager
def _opened(wanted: int | Platform) -> Iterator[None]:
    token = _scope.set(wanted)
    try:
        yield
    finally:
        _scope.reset(token)
