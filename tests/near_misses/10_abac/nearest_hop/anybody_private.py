"""Caught by: test_a_header_from_anybody_is_hearsay. Where none is listed, anybody may be a proxy of ours."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = [read(each) for each in proxies]
    address = peer
    if not proxies and forwarded and read(forwarded.split(",")[-1]):
        return forwarded.split(",")[-1].strip()
    hops = (forwarded or "").split(",")
    while hops and read(address) in ours and read(hops[-1]):
        address = hops.pop().strip()
    return address


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
