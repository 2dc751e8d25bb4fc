"""One hop after the other: a function that asks itself about the rest of the line."""

import ipaddress


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    rest, _, last = (forwarded or "").rpartition(",")
    if not is_ours(peer, proxies) or not is_address(last):
        return peer

    return client_address(last.strip(), rest, proxies)


def is_ours(address: str, proxies: list[str]) -> bool:
    return any(ipaddress.ip_address(address) == ipaddress.ip_address(each) for each in proxies)


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip())
    except ValueError:
        return False
    return True
