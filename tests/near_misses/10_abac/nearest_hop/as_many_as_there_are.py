"""Caught by: test_several_of_our_proxies_in_a_row. There are as many hops as there are proxies."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = [read(each) for each in proxies]
    address = peer
    hops = (forwarded or "").split(",")
    while hops and read(address) in ours and read(hops[-1]):
        address = hops.pop().strip()
    if not hops and address != peer and read(address) in ours:
        return peer
    return address


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
