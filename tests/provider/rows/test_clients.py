"""The clients' metadata: what is complete, what is refused. `tests/provider/test_command.py` has more of the latter."""

import pytest

from labsrv.provider.rows.clients import complete
from tests.provider.conftest import SECRET

WEB = {"client_id": "web", "client_secret": "not-a-secret", "redirect_uris": ["http://shop.localhost/callback"]}


def test_the_usual_client_is_complete():
    client = complete(WEB)

    assert client["response_types"] == ["code"] and client["grant_types"] == ["authorization_code"]
    assert client["token_endpoint_auth_method"] == "client_secret_basic" and client["require_pkce"] is True


FITS = {
    "a public client": {"client_secret": "", "token_endpoint_auth_method": "none"},
    "ID tokens only, without a secret": {"client_secret": "", "response_types": ["id_token"]},
    "an application of one's own": {"redirect_uris": ["http://127.0.0.1:3000/cb", "https://shop.example/cb?x=1"]},
    "a client for itself": {"grant_types": ["client_credentials"], "redirect_uris": []},
}


@pytest.mark.parametrize("changes", FITS.values(), ids=FITS)
def test_what_fits(changes):
    assert complete(WEB | changes)["client_id"] == "web"


REFUSED = {
    "a public client for itself": {
        "client_secret": "",
        "token_endpoint_auth_method": "none",
        "grant_types": ["client_credentials"],
    },
    "an algorithm that is a secret's": {"id_token_signed_response_alg": "HS256"},
    "no algorithm": {"id_token_signed_response_alg": "none"},
    "no grant type": {"grant_types": []},
    "script to log out to": {"post_logout_redirect_uris": ["javascript:alert(1)"]},
    "a number for a name": {"client_id": 1},
    "script to log in at": {"initiate_login_uri": "javascript:alert(1)"},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_what_is_refused(changes):
    with pytest.raises(ValueError):
        complete(WEB | changes)


def test_a_secret_is_not_in_the_store(app):
    assert SECRET not in str(app.provider.clients.rows.find())


def test_a_client_is_registered_anew(app):
    app.provider.clients.register(WEB | {"client_id": "shop", "scope": "openid"})

    assert app.provider.clients.get("shop")["scope"] == "openid"
    assert app.provider.clients.get("nobody") is None
