"""Single sign-on with sound sites: one login for two applications, what the API asks, and what each way out ends."""

import json

import pytest

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.sso.doors import WAYS, Doors
from labsrv.labs.sso.moves import ask_api, last_logout_token, tell_the_shop
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import (
    is_logged_in,
    join_the_club,
    leave,
    log_in,
    pass_the_providers,
    pay_of,
    raise_pay,
    see_pay,
)
from labsrv.provider.faults.menu import FAULTS

LAMPS = ("The tea shop", "Tea HR", "Tea Identity", "Fakebook")


@pytest.fixture
def lab():
    lab = Lab("sso", place=FirstNumber(), hash_cost="low", report=lambda exchange: print(exchange.error), listens=False)
    labs.furnish(lab, "sso", labs.complete("sso", {})(lab))
    yield lab
    lab.stop()
    lab.clock.reset()


def asked_for_passwords(lab, who):
    """Return how often somebody has sent a login form."""
    sent = [each for each in lab.traffic if each.who == who.name and each.method == "POST"]
    return sum(each.url.endswith("/login") for each in sent)


def test_one_login_is_enough_for_both(lab):
    log_in(lab.alice, lab.shop)
    log_in(lab.alice, lab.hr)

    assert is_logged_in(lab.alice, lab.shop) and is_logged_in(lab.alice, lab.hr)
    assert asked_for_passwords(lab, lab.alice) == 1
    assert lab.db.sessions.find_one({})["sid"] == lab.db.hr_sessions.find_one({})["sid"]


def test_a_silent_login_asks_nobody_and_fails_where_nobody_is_known(lab):
    """OpenID Connect Core, 3.1.2.6: `login_required`."""
    page = log_in(lab.alice, lab.hr, silent="yes")
    assert page.sees("login_required") and not is_logged_in(lab.alice, lab.hr)

    log_in(lab.alice, lab.shop)
    log_in(lab.alice, lab.hr, silent="yes")
    assert is_logged_in(lab.alice, lab.hr) and asked_for_passwords(lab, lab.alice) == 1


def test_who_logs_in_as_somebody_else_gets_nothing_of_the_one_before(lab):
    log_in(lab.alice, lab.shop)
    lab.clock.advance(minutes=2)
    lab.alice.navigate(f"{lab.shop.login}?max_age=60")
    pass_the_providers(lab.alice, as_=lab.bob)

    assert is_logged_in(lab.alice, lab.shop, as_=lab.bob)
    assert len(lab.db.sessions.find()) == 1


# What the API asks.


def test_reading_takes_a_login_and_changing_a_fresh_one(lab):
    log_in(lab.alice, lab.hr)
    lab.clock.advance(minutes=6)
    assert see_pay(lab.alice, lab.hr).sees("Your pay")
    page = raise_pay(lab.alice, lab.hr, lab.bob.person.name.title(), 3000)
    assert (
        page.status == 401
        and page.sees("insufficient_user_authentication")
        and pay_of(lab, lab.bob.person.name) != 3000
    )

    lab.alice.click("Show once more who you are")
    pass_the_providers(lab.alice)
    assert lab.alice.page.url == lab.hr.pay and asked_for_passwords(lab, lab.alice) == 2
    raise_pay(lab.alice, lab.hr, lab.bob.person.name.title(), 3000)
    assert pay_of(lab, lab.bob.person.name) == 3000


def test_a_scope_is_what_an_application_may_and_not_what_a_person_may(lab):
    log_in(lab.bob, lab.hr)
    lab.bob.navigate(lab.hr.pay)
    assert not any(form.name == "raise" for form in lab.bob.page.forms)
    token = lab.db.hr_sessions.find_one({})["access_token"]
    answer = ask_api(lab, "POST", "/pay", token, {"employee": lab.bob.person.name.title(), "pay": "9000"})

    assert answer.status == 403 and pay_of(lab, lab.bob.person.name) != 9000


ANSWERS = {
    "no token": (lambda tokens: "", 401, "Bearer"),
    "no good one": (lambda tokens: "abc", 401, 'Bearer error="invalid_token"'),
    "an ID token": (lambda tokens: tokens["id_token"], 401, 'Bearer error="invalid_token"'),
    "one of the other API": (lambda tokens: tokens["access_token"], 401, 'Bearer error="invalid_token"'),
}


@pytest.mark.parametrize(("token", "status", "said"), ANSWERS.values(), ids=ANSWERS)
def test_what_the_api_says_to_a_token_that_will_not_do(lab, token, status, said):
    answer = ask_api(lab, "GET", "/pay", token(join_the_club(lab.alice, lab)))

    assert (answer.status, dict(answer.headers)["WWW-Authenticate"]) == (status, said)


def test_a_scope_that_lacks_is_named(lab):
    """RFC 6750, 3.1."""
    token = join_the_club(lab.alice, lab, scope="openid credit", api="/pay")["access_token"]
    answer = ask_api(lab, "GET", "/pay", token)

    assert (answer.status, json.loads(answer.body)["error"]) == (403, "insufficient_scope")
    assert dict(answer.headers)["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="read"'


# Ways out.

# The lamps that are on after each way out, and what still opens a door then.
LEFT = {
    "logout": (("Tea HR", "Tea Identity", "Fakebook"), {"Tea HR", "Tea Identity", "Fakebook", "The tea shop"}),
    "leave": (("Fakebook",), {"Fakebook", "Tea HR"}),
    "federated": ((), {"Tea HR", "The tea shop"}),
    "end": (("Fakebook",), {"Fakebook", "Tea HR", "The tea shop"}),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_out_ends_what_it_says_and_the_proof_finds_the_rest(lab, way):
    log_in(lab.alice, lab.shop, via="social")
    log_in(lab.alice, lab.hr)
    doors = Doors(lab, lab.alice)
    assert [row["name"] for row in doors.lamps() if row["on"]] == list(LAMPS)
    doors.go(way)

    on, open_still = LEFT[way]
    proof = doors.prove()
    assert tuple(row["name"] for row in doors.lamps() if row["on"]) == on
    assert {row["whose"] for row in proof if row["opens"]} == open_still
    assert not any(row["opens"] for row in proof if row["what"] == "ID token")
    for row in proof:
        if row["what"].startswith("cookie"):
            assert row["opens"] == (row["whose"] in on), row
        # What an API reads by itself it believes until it expires; what the provider knows, it knows at once.
        if (row["what"], row["whose"]) == ("access token", "Tea HR"):
            assert row["opens"] and row["until"]
        if row["what"] == "refresh token":
            assert row["opens"] == (way != "leave"), "The shop itself ends what it was given to go on with."


def test_a_way_out_that_is_not_there_any_more_is_said(lab):
    log_in(lab.alice, lab.shop)
    doors = Doors(lab, lab.alice)
    doors.go("logout")

    for way in ("logout", "leave", "fly"):
        with pytest.raises(LookupError, match=r"\.$"):
            doors.go(way)
    assert [row["name"] for row in doors.lamps() if row["on"]] == ["Tea Identity"]


def test_what_is_left_ends_by_itself(lab):
    log_in(lab.alice, lab.hr)
    doors = Doors(lab, lab.alice)
    doors.go("end")
    assert any(row["opens"] for row in doors.prove())
    lab.clock.advance(minutes=11)

    assert not any(row["opens"] for row in doors.prove())


def test_a_stopped_labs_doors_say_so_and_nobody_is_called_any_more(lab):
    doors = Doors(lab, lab.alice)
    called = []
    doors.listen(called.append)
    lab.stop()
    called.clear()
    lab.clock.advance(hours=9)

    assert not called
    for ask in (doors.prove, doors.lamps, lambda: doors.go("leave")):
        with pytest.raises(LookupError, match="was stopped"):
            ask()


def test_both_are_told_and_take_it_once(lab):
    log_in(lab.alice, lab.shop)
    log_in(lab.alice, lab.hr)
    log_in(lab.bob, lab.shop)
    leave(lab.alice, lab.hr)
    notices = house(lab).rows("notices").find()

    assert {(row["client_id"], row["status"]) for row in notices} == {("tea-shop", 200), ("tea-hr", 200)}
    assert not is_logged_in(lab.alice, lab.shop) and is_logged_in(lab.bob, lab.shop)
    log_in(lab.alice, lab.shop)
    assert tell_the_shop(lab, last_logout_token(lab)) == 400 and is_logged_in(lab.alice, lab.shop)


def logout_token(lab, spoil=lambda draft, provider: draft):
    """Return a logout token for the newest login, spoiled before it is signed."""
    identity = house(lab)
    session = identity.rows("logins").find()[-1]
    claims = identity.decide.logout_claims(session, identity.issuer, "tea-shop", identity.now())
    return spoil(identity.keys.draft("logout+jwt", claims, "RS256"), identity).signed()


HOSTILE_LOGOUTS = {
    "no signature": "logout_alg_none",
    "another issuer": "logout_wrong_iss",
    "another client": "logout_wrong_aud",
    "no event": "logout_without_events",
    "another event": "logout_with_other_event",
    "a nonce": "logout_with_nonce",
}


@pytest.mark.parametrize("fault", HOSTILE_LOGOUTS.values(), ids=HOSTILE_LOGOUTS)
def test_a_hostile_logout_token_ends_nothing(lab, fault):
    """OpenID Connect Back-Channel Logout 1.0, 2.6 and 2.8."""
    log_in(lab.alice, lab.shop)
    assert tell_the_shop(lab, logout_token(lab, FAULTS[fault].spoil)) == 400 and is_logged_in(lab.alice, lab.shop)

    assert tell_the_shop(lab, logout_token(lab)) == 200 and not is_logged_in(lab.alice, lab.shop)


def test_several_parties_may_decide_otherwise_at_once(lab):
    flaws = labs.flaws_of("sso")
    other = labs.start("sso", may_log_out=flaws["log_out_whoever_comes"], login_wanted=flaws["ask_nobody_again"])
    try:
        log_in(other.alice, other.hr)
        other.clock.advance(minutes=9)
        raise_pay(other.alice, other.hr, "Bob", 3000)
        other.alice.navigate(other.url("idp", "/oidc/logout"))
        assert pay_of(other, "bob") == 3000 and not is_logged_in(other.alice, other.hr)
    finally:
        other.stop()

    with pytest.raises(TypeError, match="one party at a time"):
        labs.complete("sso", {"may_log_out": print, "leave": print})
