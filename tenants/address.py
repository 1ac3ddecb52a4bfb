"""Where a request comes from, as far as limits are concerned."""

from ipaddress import IPv6Address, ip_address, ip_network


def network(address: str | None) -> str:
    """One IPv4 address, or the /64 that one household or phone has of IPv6."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))
