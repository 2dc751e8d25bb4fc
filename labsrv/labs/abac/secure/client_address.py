"""Find out from which address a request comes."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    """Return the first address, from the near end, that is none of our proxies (RFC 7239, 8.1; CWE-348).

    Each proxy writes the address that it was asked from behind what stood there already: only what one of ours has
    written is known, and all before it is hearsay.
    """
    ours = {ipaddress.ip_address(each) for each in proxies}
    address = peer
    for hop in reversed((forwarded or "").split(",")):
        if read(address) not in ours or read(hop) is None:
            return address
        address = hop.strip()

    return address


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return an address that stands in a list, or None where that is none."""
    try:
        found = ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
