"""The login page: who gets in, who does not, and what that changes."""

import pytest

from tests.provider.conftest import allow, log_in
from tests.provider.front.test_going_on import page_name

WRONG = {
    "a wrong password": ("alice", "wrong"),
    "a stranger": ("nobody", "wrong"),
    "no password": ("alice", ""),
    "no name": ("", "alice-likes-oolong-tea"),
    "another case": ("Alice", "alice-likes-oolong-tea"),
    "half a name": ("ali", "alice-likes-oolong-tea"),
    "somebody else's password": ("alice", "bob-prefers-earl-grey"),
}


@pytest.mark.parametrize(("name", "password"), WRONG.values(), ids=WRONG)
def test_all_refusals_read_the_same(app, alice, name, password):
    app.start(alice)
    calls = app.provider.services.hasher.calls
    page = alice.submit("login", username=name, password=password)

    assert page.status == 401 and page.sees("Name or password is wrong.")
    assert app.provider.services.hasher.calls == calls + 1


def test_by_an_address_that_is_known_to_be_theirs(app, alice):
    app.start(alice)
    alice.submit("login", username="alice@post.localhost", password=alice.person.password)

    assert page_name(alice) == "consent"


def login_cookie(browser):
    """Return the cookie that has the login session."""
    return next((cookie for cookie in browser.jar.all() if cookie.name == "__Host-idp-login"), None)


def test_the_cookie_is_another_one_after_each_login(app, alice):
    app.start(alice)
    assert login_cookie(alice) is None
    log_in(alice)
    first = login_cookie(alice)
    assert first.secure and first.http_only and first.same_site == "Lax" and first.path == "/"
    assert alice.script_cookies() == ""
    allow(alice)
    app.start(alice, prompt="login")
    log_in(alice)

    assert login_cookie(alice).value != first.value
    assert len(app.provider.logins.rows.find()) == 1


def test_the_store_has_nothing_that_opens_a_session(app, alice):
    tokens = app.tokens(alice, scope="openid offline_access")
    stored = str(lab_without_keys(app.lab))
    secrets = [cookie.value for cookie in alice.jar.all()] + [tokens["access_token"], tokens["refresh_token"]]

    assert not [each for each in secrets if each in stored]


def lab_without_keys(lab):
    """Return all that is in the store, but for the provider's own keys."""
    return {name: rows for name, rows in lab.db.dump().items() if not name.endswith("_keys")}


def test_after_ten_tries_it_is_enough(app, lab, alice):
    app.start(alice)
    for _ in range(10):
        assert alice.submit("login", username="alice", password="wrong").status == 401
    page = alice.submit("login", username="alice", password=alice.person.password)
    assert page.status == 429 and page.sees("Too many tries")

    lab.clock.advance(minutes=15)
    app.start(alice)
    log_in(alice)
    assert page_name(alice) == "consent"


def test_somebody_who_logs_in_in_anothers_place_ends_that_session(app, lab, alice):
    app.tokens(alice)
    app.start(alice, prompt="login")
    log_in(alice, lab.bob.person)
    allow(alice)

    assert len(lab.db.told.find()) == 1
    assert {row["sub"] for row in app.provider.logins.rows.find()} == {app.provider.people.named("bob")["_id"]}


def test_back_to_the_application(app, alice):
    app.start(alice)
    alice.submit("cancel", cancel="yes")

    assert app.answer(alice)["error"] == "access_denied"
