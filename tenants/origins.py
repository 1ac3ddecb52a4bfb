"""From which pages a socket may be opened: exact origins, so that no other site can ride on a visitor's cookies.

The platform's pages, under the very host and scheme of the socket, or a page of a verified domain of the tenant whose
socket it is. May ask the database (once a minute for a name): call it where that is allowed.
"""

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from tenants import domains


def allowed(origin: str, host: str, tenant: int, *, secure: bool) -> bool:
    """`origin` and `host` as the handshake's headers have them; `secure` when it came as wss."""
    scheme = "https://" if secure else "http://"
    origin, host = origin.lower(), host.lower()
    if not _serves(host, tenant) or not origin.startswith(scheme):
        return False
    page = origin.removeprefix(scheme)
    return page == host or _owned(page, tenant)


def is_platform(domain: str) -> bool:
    """Whether the platform itself answers to this name; a wildcard does not decide that, it only lets pass."""
    return validate_host(domain, [pattern for pattern in settings.ALLOWED_HOSTS if pattern != "*"])


def _serves(host: str, tenant: int) -> bool:
    """Whether this host may carry the tenant's pages at all."""
    domain, _port = split_domain_port(host)
    if not domain:
        return False
    if is_platform(domain):
        return True
    found = domains.owner(domain)
    return found.tenant == tenant if found else "*" in settings.ALLOWED_HOSTS


def _owned(page: str, tenant: int) -> bool:
    """A verified domain, on the scheme's own port."""
    found = domains.owner(page)
    return found is not None and found.tenant == tenant
