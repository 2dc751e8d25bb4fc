"""Caught by: test_what_stood_there_before_is_hearsay. Private addresses are proxies of ours too."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = [read(each) for each in proxies]
    address = peer
    hops = (forwarded or "").split(",")
    while len(hops) > 1 and read(address) in ours and read(hops[-1]):
        address = hops.pop().strip()
    first = read(hops[0])
    if (
        read(peer) in ours
        and first
        and ((first.is_private and first not in ours) or (len(hops) == 1 and read(address) in ours))
    ):
        return hops[0].strip()
    return address


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
