"""Find out from which address a request comes."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    """Return the first address, from the near end, that is none of our proxies (RFC 7239, 8.1; CWE-348).

    Each proxy writes the address that it was asked from behind what stood there already: only what one of ours has
    written is known, and all before it is hearsay.
    """
    ours = {ipaddress.ip_address(each) for each in proxies}
    line = [hop.strip() for hop in forwarded.split(",")] if forwarded else []

    address = peer
    while line and ipaddress.ip_address(address) in ours and is_address(line[-1]):
        address = line.pop()

    return address


def is_address(hop: str) -> bool:
    """Return whether what stands in a line is an address."""
    try:
        ipaddress.ip_address(hop)
    except ValueError:
        return False
    return True
