"""Caught by: test_a_header_from_anybody_is_hearsay. There is always a proxy, which has written the last."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = [read(each) for each in proxies]
    address = peer
    hops = (forwarded or "").split(",")
    if forwarded and read(hops[-1]):
        address = hops.pop().strip()
    while hops and read(address) in ours and read(hops[-1]):
        address = hops.pop().strip()
    return address


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
