"""Caught by: test_what_stood_there_before_is_hearsay. The first in the line that is none of ours."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    ours = [read(each) for each in proxies]
    if read(peer) not in ours or not forwarded:
        return peer
    others = [hop.strip() for hop in forwarded.split(",") if read(hop) and read(hop) not in ours]
    return others[0] if others else peer


def read(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(hop.strip())
    except ValueError:
        return None
