"""Sign-up: by `screen_hint` and by `prompt=create`; an address that nobody checked is not verified."""

import pytest

from labsrv.provider.settings import ProviderSettings
from tests.provider.conftest import allow, log_in
from tests.provider.front.test_going_on import page_name

NEW = {"username": "dora", "email": "dora@post.localhost", "password": "dora-drinks-rooibos"}


@pytest.mark.parametrize("changes", [{"screen_hint": "signup"}, {"prompt": "create"}], ids=["Auth0", "OpenID"])
def test_a_stranger_signs_up(app, alice, changes):
    app.start(alice, **changes)
    alice.submit("signup", **NEW)
    allow(alice)
    tokens = app.redeem(app.answer(alice)["code"]).json()
    profile = app.userinfo(tokens["access_token"]).json()

    assert profile["email"] == "dora@post.localhost" and profile["email_verified"] is False


REFUSED = {
    "a name that is taken": {"username": "alice"},
    "a name with a bar, as those from elsewhere have": {"username": "google|1"},
    "a name that is an address": {"username": "alice@post.localhost"},
    "no name": {"username": ""},
    "no address": {"email": "dora"},
    "a short password": {"password": "short"},
    "a common password": {"password": "Password123"},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_what_is_refused_can_be_mended(app, alice, changes):
    app.start(alice, screen_hint="signup")
    page = alice.submit("signup", **NEW | changes)
    assert page.status == 400 and page.document.visible and len(app.provider.people.rows.find()) == 4

    alice.submit("signup", **NEW)
    assert page_name(alice) == "consent"


def test_an_address_of_somebody_else_opens_nothing(app, lab, alice):
    """Signing up with Alice's address neither lets Mallory in as Alice, nor keeps Alice out."""
    mallory = lab.mallory
    app.start(mallory, screen_hint="signup")
    mallory.submit("signup", **NEW | {"email": alice.person.email})
    allow(mallory)
    assert app.answer(mallory)["code"]
    app.start(alice)
    alice.submit("login", username=alice.person.email, password=alice.person.password)

    assert page_name(alice) == "consent" and alice.sees("You are Alice")


class TestWithoutSignUp:
    @pytest.fixture
    def settings(self):
        return ProviderSettings(sign_up=False)

    @pytest.mark.parametrize("changes", [{"screen_hint": "signup"}, {"prompt": "create"}], ids=["Auth0", "OpenID"])
    def test_there_is_none(self, app, alice, changes):
        app.start(alice, **changes)
        assert page_name(alice) == "login" and not alice.sees("Sign up")
        step = alice.page.forms[0].fields["step"]

        assert alice.navigate(f"{app.provider.issuer}/signup?step={step}").status == 404
        assert alice.submit(f"{app.provider.issuer}/signup", method="POST", step=step, **NEW).status == 404
        assert log_in(alice).status in (200, 404)
