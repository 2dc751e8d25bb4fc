"""The whole way as a list, from the near end; it ends where nobody of ours tells any more."""

from ipaddress import ip_address
from itertools import pairwise


def parsed(text):
    try:
        return ip_address(text.strip())
    except ValueError:
        return None


def client_address(peer, forwarded, proxies):
    trusted = {parsed(each) for each in proxies}
    way = [parsed(peer), *map(parsed, reversed((forwarded or "").split(",")))]
    for this, before in pairwise(way):
        if this not in trusted or before is None:
            return str(this)
    return str(way[-1])
