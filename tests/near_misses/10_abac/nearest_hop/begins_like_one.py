"""Caught by: test_an_address_is_all_of_it. All that begins like one of ours is in its network."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    address = peer
    hops = (forwarded or "").split(",")
    while hops and ours(address, proxies) and read(hops[-1]):
        address = hops.pop().strip()
    return address


def ours(address: str, proxies: list[str]) -> bool:
    return str(read(address)).startswith(tuple(str(read(each)) for each in proxies))


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
