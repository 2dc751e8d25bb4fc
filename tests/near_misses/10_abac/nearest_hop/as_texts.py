"""Caught by: test_an_address_is_all_of_it. Addresses are compared as they are written."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = list(proxies)
    address = peer
    hops = (forwarded or "").split(",")
    while hops and address in ours and read(hops[-1]):
        address = hops.pop().strip()
    return address


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
