"""Caught by: test_what_stood_there_before_is_hearsay. By a proxy of ours, the first in the line is who asks."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = [read(each) for each in proxies]
    if read(peer) in ours and forwarded:
        for hop in forwarded.split(","):
            if read(hop):
                return hop.strip()
    return peer


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
