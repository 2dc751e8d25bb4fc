"""Authenticator apps: one that opens, one that is proposed and opens nothing, and the codes of both."""

import base64

import pyotp
import pytest

from labsrv.kit.factors import DIGITS, STEP_SECONDS, Factor, Factors
from tests.vectors import vector

SECRET = base64.b32encode(b"12345678901234567890").decode()
# RFC 4226, appendix D.
CODES = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]


@pytest.fixture
def factors(db):
    return Factors(db.factors)


def test_who_has_no_app_has_none(factors):
    assert factors.active("alice") is factors.proposed("alice") is factors.active("") is None


def test_what_is_proposed_opens_nothing(factors):
    factors.propose("alice", SECRET)

    assert factors.active("alice") is None
    assert factors.proposed("alice") == Factor("alice", SECRET)


def test_the_app_in_use_stays_in_use_while_another_is_proposed(factors):
    factors.activate("alice", SECRET)
    factors.propose("alice", "MZXW6YTB")
    factors.propose("alice", "MZXW6YTC")

    assert factors.active("alice").secret == SECRET
    assert factors.proposed("alice").secret == "MZXW6YTC", "The last one that was drawn."


def test_the_app_that_is_activated_is_the_only_one(factors):
    factors.activate("alice", "MZXW6YTB")
    factors.propose("alice", "MZXW6YTC")
    factors.activate("alice", SECRET)
    factors.activate("alice", SECRET)

    assert factors.active("alice").secret == SECRET and factors.proposed("alice") is None
    assert len(factors.rows.find()) == 1


def test_what_is_removed_is_forgotten_proposal_and_all(factors):
    factors.activate("alice", SECRET)
    factors.propose("alice", "MZXW6YTB")
    factors.remove("alice")
    factors.remove("alice")

    assert factors.active("alice") is factors.proposed("alice") is None


def test_nobody_touches_anothers_app(factors):
    factors.activate("緑茶", SECRET)
    factors.activate("bob", "MZXW6YTB")
    factors.propose("bob", "MZXW6YTC")
    factors.remove("bob")
    factors.remove("carol")

    assert factors.active("緑茶") == Factor("緑茶", SECRET) and factors.proposed("緑茶") is None


@pytest.mark.parametrize(("step", "code"), list(enumerate(CODES)))
def test_a_code_is_that_of_rfc_4226(step, code):
    assert Factor("alice", SECRET).code_at(step) == code


def test_the_codes_here_are_those_that_were_published():
    assert [row["hotp"] for row in vector("rfc/rfc4226_appendix_d.json")["rows"]] == CODES


def test_a_code_is_what_an_app_shows_at_that_time():
    moment = 1_700_000_000

    assert Factor("alice", SECRET).code_at(moment // STEP_SECONDS) == pyotp.TOTP(SECRET).at(moment)


def test_a_code_has_six_digits_zeros_in_front_and_all():
    codes = [Factor("alice", SECRET).code_at(step) for step in range(200)]

    assert all(len(code) == DIGITS and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)


def test_a_secret_in_small_letters_is_the_same():
    assert Factor("alice", SECRET.lower()).code_at(1) == CODES[1]


def test_no_secret_is_printed():
    assert repr(Factor("alice", SECRET)) == "Factor(user='alice')"
