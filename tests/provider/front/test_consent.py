"""Consent: asked once for each client and scope, refused or given, and taken back."""

from tests.provider.conftest import PAY, allow, log_in
from tests.provider.front.test_going_on import page_name


def test_who_does_not_agree_is_asked_again(app, alice):
    app.start(alice)
    log_in(alice)
    allow(alice, False)
    assert app.answer(alice)["error"] == "access_denied"
    app.start(alice)

    assert page_name(alice) == "consent"


def test_the_page_says_who_wants_what(app, alice):
    app.start(alice, scope="openid email offline_access read:pay", resource=PAY)
    page = log_in(alice)

    for words in (
        "The tea shop",
        app.lab.shop.url.rstrip("/"),
        "your e-mail address",
        "read:pay",
        PAY,
        "You are Alice",
    ):
        assert page.sees(words), words
    assert not page.sees("your name")
    assert page.sees("while you are away")


def test_more_is_added_to_what_was_agreed(app, alice):
    app.tokens(alice, scope="openid email")
    app.tokens(alice, scope="openid profile")
    app.start(alice, scope="openid profile email")

    assert app.answer(alice)["code"]


def test_each_client_and_each_user_is_asked_for(app, as_client, lab, alice):
    app.tokens(alice)
    as_client("hr", "hr").start(alice)
    assert page_name(alice) == "consent"
    app.start(alice, prompt="login")
    log_in(alice, lab.bob.person)
    assert page_name(alice) == "consent"


def test_ones_own_application_does_not_ask(as_client, alice):
    own = as_client("own")
    own.start(alice)
    log_in(alice)
    assert own.answer(alice)["code"]
    own.start(alice, scope="openid offline_access")

    assert page_name(alice) == "consent"
