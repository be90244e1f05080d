"""Whose requests are counted together."""

from __future__ import annotations

import ipaddress

# A visitor with IPv6 has a whole network of this size, and may use another address of it for each request.
_IPV6_NETWORK = 64
_LONGEST = 64


def counted_as(address: str) -> str:
    """Return the name under which all limits count an address: itself, or its /64 where it is of IPv6."""
    try:
        # Sanic writes those of IPv6 in brackets.
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return address[:_LONGEST]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), _IPV6_NETWORK), strict=False))
