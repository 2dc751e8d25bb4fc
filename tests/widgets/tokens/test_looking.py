"""A token is opened in place by the view that comes across it, and closes with that view."""

import pytest

from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.transport import RawResponse
from labsrv.widgets.cookies.inspector import CookieInspector
from labsrv.widgets.tokens.inspector import TokenInspector
from tests.kit.tokens.made_tokens import SECRET, made

SHOP = "http://shop.localhost:8000/"
TOKEN = made()


class Silent:
    """A transport that answers nothing but 204."""

    def send(self, request, visit):
        return RawResponse(204, "No Content", [], b"")


@pytest.fixture
def cookies():
    alice = Browser("alice", transport=Silent())
    alice.jar.receive("plain=tea; Path=/; Domain=shop.localhost", SHOP)
    alice.jar.receive(f"token={TOKEN}; Path=/", SHOP)
    view = CookieInspector(alice, keys=SECRET)
    yield view
    view.close()


def choose(view, name):
    view.wished(None, {"do": "choose", "key": next(each["key"] for each in view.cookies if each["name"] == name)}, None)


def test_a_cookie_with_a_token_in_it_can_be_looked_into(cookies):
    choose(cookies, "token")
    assert cookies.chosen["token"] is True

    cookies.wished(None, {"do": "token"}, None)
    assert isinstance(cookies.inspecting, TokenInspector)
    assert (cookies.inspecting.token, cookies.inspecting.title) == (TOKEN, "Token in the cookie token")
    assert cookies.inspecting.shown["keys"]["names"] == ["the key given (secret, 40 bytes)"]

    cookies.wished(None, {"do": "look away"}, None)
    assert cookies.inspecting is None


def test_another_cookie_has_no_such_button_and_opens_nothing(cookies):
    choose(cookies, "plain")
    cookies.wished(None, {"do": "token"}, None)

    assert cookies.chosen["token"] is False and cookies.inspecting is None


def test_the_next_token_takes_the_place_of_the_last(cookies):
    choose(cookies, "token")
    cookies.wished(None, {"do": "token"}, None)
    first = cookies.inspecting
    cookies.wished(None, {"do": "token"}, None)

    assert cookies.inspecting is not first and first.comm is None and first.clock.listeners == []


def test_a_closed_view_closes_its_token(cookies):
    choose(cookies, "token")
    cookies.wished(None, {"do": "token"}, None)
    inspector = cookies.inspecting
    cookies.close()

    assert inspector.comm is None
