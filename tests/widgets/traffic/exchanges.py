"""Exchanges that tests of the traffic's views make."""

from datetime import UTC, datetime

from labsrv.kit.http.traffic import Exchange

HOSTILE = "<img src=x onerror=alert(1)>"
SHOP = "http://shop.localhost:8000"
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def exchange(number=1, path="/", *, said=(), answered=(), **given):
    """Return an exchange of Alice's with the shop."""
    usual = {"who": "alice", "address": "192.0.2.10", "at": NOON, "site": "shop", "method": "GET", "status": 200}
    return Exchange(
        number=number,
        url=given.pop("url", SHOP + path),
        request_headers=list(said),
        response_headers=list(answered),
        **(usual | given),
    )


def aimed(destination, site="same-origin"):
    return [("Sec-Fetch-Dest", destination), ("Sec-Fetch-Site", site)]
