"""How an answer goes back: in the query, behind the #, as a form; each with state and iss."""

from urllib.parse import urlsplit

import pytest

from labsrv.provider.front.answering import PRESS, PRESS_HASH
from tests.provider.conftest import allow, log_in

MODES = {"nothing said": (None, "query"), "query": ("query", "query"), "fragment": ("fragment", "fragment")}


@pytest.mark.parametrize(("mode", "part"), MODES.values(), ids=MODES)
def test_a_code_in_an_address(app, alice, mode, part):
    answer = app.log_in(alice, response_mode=mode)

    assert set(answer) == {"code", "state", "iss"}
    assert getattr(urlsplit(alice.page.url), part)


def test_a_code_as_a_form(app, alice):
    """OAuth 2.0 Form Post Response Mode, 2."""
    app.start(alice, response_mode="form_post", state='"><script>alert(1)</script>')
    log_in(alice)
    page = allow(alice)
    policy = page.headers["Content-Security-Policy"]
    assert f"<script>{PRESS}</script>" in page.text and PRESS_HASH in policy and "unsafe" not in policy
    assert "<script>alert" not in page.text and page.headers["Cache-Control"] == "no-store"

    (form,) = page.forms
    assert form.action == app.callback and form.method.upper() == "POST"
    answer = alice.submit("form_post").json()
    assert answer["state"] == app.sent["state"] and set(answer) == {"code", "state", "iss"}
    assert app.redeem(answer["code"]).status == 200


def test_an_id_token_as_a_form(as_client, alice):
    """express-openid-connect's default."""
    app = as_client("express")
    app.start(
        alice, response_type="id_token", response_mode="form_post", code_challenge=None, code_challenge_method=None
    )
    log_in(alice)
    allow(alice)
    answer = alice.submit("form_post").json()
    _, claims = app.read(answer["id_token"])

    assert claims["nonce"] == app.sent["nonce"] and claims["email"] == "alice@post.localhost"
    assert "at_hash" not in claims and "code" not in answer


def test_a_query_that_is_registered_stays(as_client, alice):
    app = as_client("query")
    app.start(alice, redirect_uri=f"{app.callback}?tea=oolong")
    log_in(alice)
    allow(alice)
    answer = app.answer(alice)

    assert answer["tea"] == "oolong" and answer["code"]


def test_a_form_is_never_sent_on(app, alice):
    """RFC 9700, 4.12: a 307 would send the password to the application."""
    app.tokens(alice)
    app.log_in(alice, prompt="login")

    assert {each.status for each in alice.page.exchanges[:-1]} == {303}
