"""The shop with a second factor: every route in every state, the RFCs' tables, and what no shop can stop."""

import pytest

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.two_factor import odds, relay
from labsrv.labs.two_factor.people import first_step, in_account, log_in, log_out, second_step
from labsrv.labs.two_factor.secure.hotp import hotp
from tests.vectors import vector

# What each route answers to a stranger, half way, logged in, and fresh: "page", "done", or where it sends people.
LOGIN, CODE, AGAIN, HOME, ACCOUNT = "/login", "/login/second", "/confirm", "/", "/account"
CLOSED = (LOGIN, CODE)
MATRIX = {
    "GET home": (200, 200, 200, 200),
    "GET login": (200, 200, 200, 200),
    "POST check_login": (401, 401, 401, 401),
    "GET second": (LOGIN, 200, 200, 200),
    "POST check_second": (LOGIN, 401, 401, 401),
    "POST text_me": (LOGIN, 200, 200, 200),
    "GET mail": (200, 200, 200, 200),
    "POST send_mail": (200, 200, 200, 200),
    "GET open_mail": (200, 200, 200, 200),
    "POST use_mail": (410, 410, 410, 410),
    "POST api_token": (401, 401, 401, 401),
    "GET orders": (401, 401, 200, 200),
    "POST logout": (HOME, HOME, HOME, HOME),
    "GET account": (*CLOSED, 200, 200),
    "GET confirm": (*CLOSED, 200, 200),
    "POST check_confirm": (*CLOSED, 401, 401),
    "GET new_app": (*CLOSED, AGAIN, 200),
    "POST confirm_app": (*CLOSED, AGAIN, 400),
    "POST remove_app": (*CLOSED, AGAIN, ACCOUNT),
    "POST new_codes": (*CLOSED, AGAIN, 200),
    "GET static": (404, 404, 404, 404),
}
STATES = ("a stranger", "half way", "logged in", "fresh")


@pytest.fixture
def lab():
    """A running lab of the sound shop, reached by its own browsers only."""
    lab = Lab("two_factor", place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=False)
    labs.furnish(lab, "two_factor", labs.complete("two_factor", {})(lab))
    yield lab
    lab.stop()
    lab.clock.reset()


def bring_into(lab, state):
    """Let Alice come to one of the states."""
    if state == "half way":
        first_step(lab.alice, lab.shop)
    if state in ("logged in", "fresh"):
        log_in(lab.alice, lab.shop)
    if state == "logged in":
        lab.clock.advance(minutes=6)


def routes(lab):
    """Return each route's method, name, and address."""
    values = {"purpose": "link", "token": "0", "filename": "none.css"}
    for rule in lab.shop.routes.iter_rules():
        for method in sorted(rule.methods - {"OPTIONS", "HEAD"}):
            yield (
                f"{method} {rule.endpoint}",
                method,
                lab.shop.page(rule.endpoint, **{k: values[k] for k in rule.arguments}),
            )


def test_the_matrix_knows_every_route(lab):
    """A new route has no row here until somebody has said who may use it."""
    assert {name for name, _, _ in routes(lab)} == set(MATRIX)


@pytest.mark.slow("a lab for each route in each state")
@pytest.mark.parametrize("name", MATRIX)
@pytest.mark.parametrize("state", STATES)
def test_a_route_in_a_state(lab, state, name):
    bring_into(lab, state)
    method, url = next((method, url) for each, method, url in routes(lab) if each == name)
    answer = lab.alice.fetch(url, method=method, body={} if method == "POST" else None, from_=lab.shop.url).exchanges[0]
    wanted = MATRIX[name][STATES.index(state)]

    if isinstance(wanted, int):
        assert answer.status == wanted
    else:
        assert (answer.status, answer.response_header("Location")) == (303, wanted)


def test_hotp_is_that_of_rfc_4226():
    table = vector("rfc/rfc4226_appendix_d.json")
    secret = bytes.fromhex(table["secret_hex"])

    assert len(table["rows"]) == 10
    assert [hotp(secret, row["count"], 6, "sha1") for row in table["rows"]] == [row["hotp"] for row in table["rows"]]


def test_totp_is_that_of_rfc_6238():
    table = vector("rfc/rfc6238_appendix_b.json")
    seeds = {name: seed.encode() for name, seed in table["seeds_ascii"].items()}

    assert len(table["rows"]) == 18
    for row in table["rows"]:
        code = hotp(seeds[row["algorithm"]], row["time"] // table["step"], table["digits"], row["algorithm"].lower())
        assert code == row["totp"], row


def test_the_tables_in_the_exercise_are_those_of_the_rfcs():
    """The checks carry the tables along, so that they need nothing beside the project."""
    from importlib import import_module

    checks = import_module("exercises.06_two_factor.test_by_hand")
    rows = vector("rfc/rfc6238_appendix_b.json")["rows"]

    assert [row["hotp"] for row in vector("rfc/rfc4226_appendix_d.json")["rows"]] == checks.RFC_4226
    assert {(row["algorithm"].lower(), row["time"] // 30, row["totp"]) for row in rows} == set(
        checks.TOTP_ROWS.values()
    )


def test_a_relay_gets_past_any_code_and_past_no_passkey(lab):
    assert relay.with_a_code(lab).succeeded
    assert not relay.with_a_passkey(lab).succeeded


def test_a_login_that_stays_half_way_is_over_after_five_minutes(lab):
    first_step(lab.alice, lab.shop)
    lab.clock.advance(minutes=5)

    assert second_step(lab.alice, lab.shop, lab.phone(lab.alice).code()).url == lab.shop.login


def test_each_step_has_a_cookie_of_its_own(lab):
    first_step(lab.alice, lab.shop)
    half = lab.alice.jar.get("__Host-sid").value
    page = second_step(lab.alice, lab.shop, lab.phone(lab.alice).code())

    assert in_account(page, lab.shop, "alice") and lab.alice.jar.get("__Host-sid").value != half
    assert lab.db.visits.count_documents({}) == 1


def test_a_device_is_forgotten_with_the_app(lab):
    log_in(lab.alice, lab.shop, remember=True)
    lab.alice.submit(lab.shop.remove_app)
    log_out(lab.alice, lab.shop)

    assert lab.db.devices.count_documents({}) == 0


def test_odds_add_up():
    assert odds.chance(2, 1) == pytest.approx(2e-6)
    assert odds.chance(2, round(odds.hours_to_even_odds(2, 20) * 20)) == pytest.approx(0.5, abs=1e-4)
