"""Requests of the provider itself: within this machine, by its name, without a cookie."""

import pytest

from labsrv.kit.http.transport import Unreachable


def test_it_goes_as_the_server_that_it_is(app, lab):
    app.provider.outgoing.post_form(lab.url("shop", "/backchannel"), {"logout_token": "a b&c"})
    exchange = lab.traffic[-1]

    assert exchange.who == "idp (server)" and exchange.request_body == b"logout_token=a+b%26c"
    assert lab.db.told.find()[0]["token"] == "a b&c"


AWAY = [
    "https://example.com/",
    "http://example.com/",
    "http://gone.localhost:1/",
    "file:///etc/passwd",
    "javascript:1",
    "",
]


@pytest.mark.parametrize("url", AWAY)
def test_nothing_leaves_this_machine(app, url):
    with pytest.raises(Unreachable):
        app.provider.outgoing.post_form(url, {})


def test_json_of_another_status_is_none(app):
    with pytest.raises(ValueError, match="404"):
        app.provider.outgoing.get_json(f"{app.provider.issuer}/nothing")
