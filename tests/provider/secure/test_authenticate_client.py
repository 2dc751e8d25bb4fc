"""Which client is calling: each way to say so, and each that is none."""

import base64

import pytest

from labsrv.provider.rows.clients import Clients
from labsrv.provider.secure.authenticate_client import authenticate_client

SECRET = "s3cr:t &+%"


def basic(said):
    return f"Basic {base64.b64encode(said.encode()).decode()}"


def registered(lab):
    usual = {"client_secret": SECRET, "redirect_uris": ["http://shop.localhost/"]}
    clients = Clients(lab.db.clients)
    for name, method in (
        ("basic", "client_secret_basic"),
        ("post", "client_secret_post"),
        ("a:b", "client_secret_basic"),
    ):
        clients.register(usual | {"client_id": name, "token_endpoint_auth_method": method})
    clients.register(usual | {"client_id": "public", "token_endpoint_auth_method": "none", "client_secret": ""})
    bare = {"response_types": ["id_token"], "client_secret": "", "redirect_uris": ["http://shop.localhost/"]}
    clients.register(bare | {"client_id": "bare"})
    return clients.rows


# RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
ENCODED = "s3cr%3At+%26%2B%25"
GOOD = {
    "basic": (basic(f"basic:{ENCODED}"), {}, "basic"),
    "basic, in small letters": (basic(f"basic:{ENCODED}").replace("Basic", "basic"), {}, "basic"),
    "basic, and the name in the form": (basic(f"basic:{ENCODED}"), {"client_id": "basic"}, "basic"),
    "a colon in the name": (basic(f"a%3Ab:{ENCODED}"), {}, "a:b"),
    "post": (None, {"client_id": "post", "client_secret": SECRET}, "post"),
    "public": (None, {"client_id": "public"}, "public"),
}


@pytest.mark.parametrize(("header", "form", "name"), GOOD.values(), ids=GOOD)
def test_who_is_known(lab, header, form, name):
    assert authenticate_client(registered(lab), header, form)["client_id"] == name


BAD = {
    "nothing": (None, {}),
    "a wrong secret": (basic("basic:wrong"), {}),
    "an empty secret": (basic("basic:"), {}),
    "half a secret": (basic(f"basic:{ENCODED[:-3]}"), {}),
    "nobody": (basic(f"nobody:{ENCODED}"), {}),
    "basic by post": (None, {"client_id": "basic", "client_secret": SECRET}),
    "post by basic": (basic(f"post:{ENCODED}"), {}),
    "without its secret": (None, {"client_id": "basic"}),
    "public with a secret": (None, {"client_id": "public", "client_secret": "x"}),
    "public by basic": (basic("public:"), {}),
    "two ways at once": (basic(f"basic:{ENCODED}"), {"client_id": "basic", "client_secret": SECRET}),
    "two names": (basic(f"basic:{ENCODED}"), {"client_id": "post"}),
    "another scheme": (basic(f"basic:{ENCODED}").replace("Basic", "Bearer"), {}),
    "no base64": ("Basic !!!", {}),
    "no UTF-8": ("Basic //79", {}),
    "letters beyond ASCII": ("Basic é", {}),
    "no colon": (basic("basic"), {}),
    "a scheme alone": ("Basic", {}),
    "a client that has no secret to show": (basic("bare:"), {}),
    "an empty header and a name": ("", {"client_id": "post"}),
}


@pytest.mark.parametrize(("header", "form"), BAD.values(), ids=BAD)
def test_who_is_not(lab, header, form):
    assert authenticate_client(registered(lab), header, form) is None
