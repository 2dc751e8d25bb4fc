"""The second factor: each code once, and a few tries."""

import pyotp
import pytest

from labsrv.provider.moving_in import TOTP_SECRETS
from labsrv.provider.rows.logins import TWO_FACTORS
from tests.provider.front.test_going_on import page_name

CODE = pyotp.TOTP(TOTP_SECRETS["alice"])


@pytest.fixture
def at_the_code(app, alice):
    app.tokens(alice)
    app.start(alice, acr_values=TWO_FACTORS)
    assert page_name(alice) == "second"
    return alice


def test_a_code_is_taken_once(app, lab, at_the_code):
    code = CODE.at(lab.clock.now())
    at_the_code.submit("second", code=code)
    assert app.answer(at_the_code)["code"]
    app.start(at_the_code, acr_values=TWO_FACTORS, prompt="login")
    at_the_code.submit("login", username="alice", password=at_the_code.person.password)
    page = at_the_code.submit("second", code=code)

    assert page.status == 401 and page.sees("wrong, or was used")


@pytest.mark.parametrize("minutes", [-1, 1, 60])
def test_a_code_of_another_time_is_none(lab, at_the_code, minutes):
    code = CODE.at(lab.clock.now().timestamp() + 60 * minutes)

    assert at_the_code.submit("second", code=code).status == 401


def test_five_tries(lab, at_the_code):
    for _ in range(5):
        assert at_the_code.submit("second", code="000000").status == 401

    assert at_the_code.submit("second", code=CODE.at(lab.clock.now())).status == 429


def test_one_need_not_go_on(app, at_the_code):
    at_the_code.submit("cancel", cancel="yes")

    assert app.answer(at_the_code)["error"] == "access_denied"


def test_a_wrong_code_is_escaped_and_opens_nothing(app, at_the_code):
    at_the_code.submit("second", code="<b>")

    (row,) = app.provider.logins.rows.find()
    assert row["acr"] != TWO_FACTORS
