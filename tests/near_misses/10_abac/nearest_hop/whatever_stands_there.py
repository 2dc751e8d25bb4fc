"""Caught by: test_what_is_no_address_tells_nothing. What a proxy of ours writes is an address."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = [read(each) for each in proxies]
    address = peer
    hops = (forwarded or "").split(",")
    while hops and read(address) in ours:
        address = hops.pop().strip()
    return address


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
