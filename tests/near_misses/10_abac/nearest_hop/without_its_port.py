"""Caught by: test_what_is_no_address_tells_nothing. A port is cut off."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = [read(each) for each in proxies]
    address = peer
    hops = [each.rsplit(":", 1)[0] if each.count(":") == 1 else each for each in (forwarded or "").split(",")]
    while hops and read(address) in ours and read(hops[-1]):
        address = hops.pop().strip()
    return address


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
