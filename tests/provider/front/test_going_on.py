"""Which page comes next: single sign-on, prompt, max_age, acr_values, login_hint, and what is said without a page."""

import pyotp
import pytest

from labsrv.provider.moving_in import TOTP_SECRETS
from labsrv.provider.rows.logins import PASSWORD, TWO_FACTORS
from tests.provider.conftest import allow, log_in


def page_name(browser):
    """Return which page somebody looks at, or "" back at the application."""
    forms = {form.name for form in browser.page.forms}
    return next((each for each in ("login", "signup", "account", "second", "consent") if each in forms), "")


def test_a_second_login_shows_no_page(app, alice):
    app.tokens(alice)
    app.start(alice)

    assert app.answer(alice)["code"]


# What somebody who logged in an hour ago, and agreed, is asked.
ASKED = {
    "nothing": ({}, ""),
    "prompt=login": ({"prompt": "login"}, "login"),
    "prompt=consent": ({"prompt": "consent"}, "consent"),
    "prompt=select_account": ({"prompt": "select_account"}, "account"),
    "prompt=create": ({"prompt": "create"}, "signup"),
    "login and consent": ({"prompt": "login consent"}, "login"),
    "sign-up, but there is a login": ({"screen_hint": "signup"}, ""),
    "a max_age that is not over": ({"max_age": "3700"}, ""),
    "a max_age that is over": ({"max_age": "3599"}, "login"),
    "max_age=0": ({"max_age": "0"}, "login"),
    "more than before": ({"scope": "openid profile email read:pay"}, "consent"),
    "less than before": ({"scope": "openid"}, ""),
    "two factors": ({"acr_values": TWO_FACTORS}, "second"),
    "two factors rather than one": ({"acr_values": f"{TWO_FACTORS} {PASSWORD}"}, "second"),
    "one factor rather than two": ({"acr_values": f"{PASSWORD} {TWO_FACTORS}"}, ""),
    "a class that we do not know": ({"acr_values": "gold"}, ""),
}


@pytest.mark.parametrize(("changes", "page"), ASKED.values(), ids=ASKED)
def test_what_somebody_who_is_logged_in_is_asked(app, lab, alice, changes, page):
    app.tokens(alice)
    lab.clock.advance(hours=1)
    app.start(alice, **changes)

    assert page_name(alice) == page


INSTEAD_OF_A_PAGE = {
    "nobody is logged in": ({}, "login_required", False),
    "the login is too old": ({"max_age": "10"}, "login_required", True),
    "more is asked for": ({"scope": "openid read:pay"}, "consent_required", True),
    "a second factor is wanted": ({"acr_values": TWO_FACTORS}, "interaction_required", True),
}


@pytest.mark.parametrize(("changes", "error", "before"), INSTEAD_OF_A_PAGE.values(), ids=INSTEAD_OF_A_PAGE)
def test_prompt_none_shows_no_page(app, lab, alice, changes, error, before):
    if before:
        app.tokens(alice)
    lab.clock.advance(minutes=1)
    page = app.start(alice, prompt="none", **changes)

    assert app.answer(alice)["error"] == error and app.answer(alice)["state"] == app.sent["state"]
    assert len(page.exchanges) == 2
    assert app.provider.rows("steps").find() == []


def test_prompt_none_logs_in_silently(app, alice):
    app.tokens(alice)
    app.start(alice, prompt="none")

    assert app.answer(alice)["code"]


def test_prompt_login_asks_once_and_moves_auth_time(app, lab, alice):
    _, before = app.read(app.tokens(alice)["id_token"])
    lab.clock.advance(hours=1)
    app.start(alice)
    _, silent = app.read(app.redeem(app.answer(alice)["code"]).json()["id_token"])
    app.start(alice, prompt="login")
    assert page_name(alice) == "login"
    log_in(alice)
    _, after = app.read(app.redeem(app.answer(alice)["code"]).json()["id_token"])

    assert silent["auth_time"] == before["auth_time"] and silent["iat"] > before["iat"]
    assert after["auth_time"] >= before["auth_time"] + 3600 and after["sid"] == before["sid"]


def test_a_session_ends_with_its_life(app, lab, alice):
    app.tokens(alice)
    lab.clock.advance(hours=12)
    app.start(alice)

    assert page_name(alice) == "login"


def test_select_account_goes_on_or_takes_another(app, lab, alice):
    app.tokens(alice)
    app.start(alice, prompt="select_account")
    assert alice.sees("Go on as Alice")
    alice.submit("account", same="yes")
    assert app.answer(alice)["code"]

    app.start(alice, prompt="select_account")
    alice.submit("account", other="yes")
    log_in(alice, lab.bob.person)
    allow(alice)
    assert app.userinfo(app.redeem(app.answer(alice)["code"]).json()["access_token"]).json()["name"] == "Bob"


def test_the_login_hint_is_filled_in_and_escaped(app, alice):
    app.start(alice, login_hint='alice"><b>')

    (form,) = (form for form in alice.page.forms if form.name == "login")
    assert form.fields["username"] == 'alice"><b>' and 'alice"><b>' not in alice.page.text


def test_a_hint_of_another_user_asks_for_that_user(app, lab, alice, bob):
    hint = app.tokens(bob)["id_token"]
    app.tokens(alice)
    app.start(alice, id_token_hint=hint, prompt="none")
    assert app.answer(alice)["error"] == "login_required"

    app.start(alice, id_token_hint=hint)
    assert page_name(alice) == "login"
    log_in(alice)
    assert app.answer(alice)["error"] == "login_required"

    app.start(alice, id_token_hint=hint)
    log_in(alice, lab.bob.person)
    assert app.answer(alice)["code"]


def test_a_hint_of_oneself_may_have_expired(app, lab, alice):
    hint = app.tokens(alice)["id_token"]
    lab.clock.advance(hours=2)
    app.start(alice, id_token_hint=hint, prompt="none")

    assert app.answer(alice)["code"]


def test_two_factors_are_in_the_token(app, lab, alice):
    _, before = app.read(app.tokens(alice)["id_token"])
    assert before["acr"] == PASSWORD and before["amr"] == ["pwd"]
    app.start(alice, acr_values=TWO_FACTORS)
    alice.submit("second", code=pyotp.TOTP(TOTP_SECRETS["alice"]).at(lab.clock.now()))
    _, claims = app.read(app.redeem(app.answer(alice)["code"]).json()["id_token"])

    assert claims["acr"] == TWO_FACTORS and claims["amr"] == ["pwd", "otp", "mfa"]


def test_who_has_no_second_factor_gets_a_lower_class(app, bob):
    tokens = app.tokens(bob, acr_values=TWO_FACTORS)

    assert app.read(tokens["id_token"])[1]["acr"] == PASSWORD


def test_a_step_gives_one_answer(app, alice):
    app.start(alice)
    log_in(alice)
    consent = alice.page
    assert app.answer(alice) if allow(alice) else None
    alice.page = consent
    page = alice.submit("consent", allow="yes")

    assert page.status == 400 and page.sees("no longer good")
    assert len(app.provider.grants.codes.find()) == 1


def test_a_step_is_worth_nothing_in_another_browser(app, alice, bob):
    """Otherwise Mallory begins a login, and has Alice finish it; or the other way round."""
    app.start(alice)
    step = alice.page.forms[0].fields["step"]
    bob.navigate(f"{app.provider.issuer}/login?step={step}")
    assert bob.page.status == 400

    app.start(bob)
    form = bob.page.forms[0]
    form.fields["step"] = step
    page = bob.submit(form, username="bob", password=bob.person.password)
    assert page.status == 400 and app.provider.logins.rows.find() == []


def test_a_step_ends(app, lab, alice):
    app.start(alice)
    lab.clock.advance(minutes=15)

    assert log_in(alice).status == 400


@pytest.mark.parametrize("path", ["/login", "/signup", "/second", "/consent", "/account"])
def test_no_page_without_a_step(app, alice, path):
    assert alice.navigate(app.provider.issuer + path).status == 400
    assert alice.submit(app.provider.issuer + path, method="POST", allow="yes").status == 400


def test_consent_cannot_be_sent_before_the_login(app, alice):
    app.start(alice)
    step = alice.page.forms[0].fields["step"]
    alice.submit(f"{app.provider.issuer}/consent", method="POST", step=step, allow="yes")

    assert page_name(alice) == "login" and app.provider.rows("consents").find() == []
