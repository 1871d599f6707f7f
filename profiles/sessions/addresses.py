"""Addresses and networks as they are counted. Nothing here decides whose account something is."""

from __future__ import annotations

import ipaddress
from typing import Final

# These providers deliver a.b@ and ab@ to one person.
DOTLESS: Final = frozenset({"gmail.com", "googlemail.com"})


def folded(email: str) -> str:
    """One mailbox, one count: without case, +tag, and the dots that the big provider ignores."""
    local, _at, host = email.strip().casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if host in DOTLESS:
        local, host = local.replace(".", ""), "gmail.com"
    return f"{local}@{host}"[:254]


def network(ip: str) -> str:
    """/24 of IPv4, /56 of IPv6: what one household or office has. An unreadable address is one network of its own."""
    try:
        parsed = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))
