"""Make tokens that are short of life and short of words.

What `access_claims` promises about the time in a token, about its id, and about what everybody may read in it.
"""

import base64
from datetime import timedelta

import pytest

from labsrv.grading import promise
from labsrv.labs.jwt.compact import parts
from labsrv.labs.jwt.people import SHOP, orders, refresh, sees_orders_of, sign_in, storage

PLACE = 6
DECIDES = ("access_claims",)

QUARTER = 15 * 60
MANY = 20
SHORTEST = 16
KNOWN = {"iss", "aud", "sub", "scope", "sid"}
MADE = {"iat", "exp", "jti"}
ALLOWED = {"nbf", "client_id"}  # which RFC 7519 and RFC 9068 have besides

# How somebody might write what ought not to be in there.
WRITINGS = {
    "as it is": lambda text: text,
    "backwards": lambda text: text[::-1],
    "as base64": lambda text: base64.b64encode(text.encode()).decode().rstrip("="),
    "as base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "as hexadecimal": lambda text: text.encode().hex(),
}


@pytest.fixture(autouse=True)
def at_the_beginning_of_a_second(empty_lab):
    """Begin at the beginning of a second: what a token says in whole seconds is then the same in every run."""
    empty_lab.clock.move_to(empty_lab.clock.now().replace(microsecond=0) + timedelta(seconds=1))


def claims_of(browser):
    """Return what is written in a browser's access token."""
    token = storage(browser).get("access_token")
    assert token, f"The shop gave {browser.name}'s app no access token."
    claims = parts(token)[1]
    missing = ", ".join(sorted(MADE - set(claims)))
    assert not missing, f"The token does not say {missing}."
    return claims


def ids(browser, shop, many):
    """Return the ids of the tokens that the shop gives for as many refreshes."""
    found = []
    for _ in range(many):
        refresh(browser, shop)
        found.append(claims_of(browser)["jti"])
    return found


@promise()
def test_alice_and_carol_do_their_work(lab, shop, alice, carol):
    """Alice and Carol sign in, each sees her own orders, and their tokens say what the shop knows."""
    for person, scope in ((alice, "orders:read"), (carol, "orders:read refunds:write")):
        sign_in(person, shop)
        claims = claims_of(person)
        assert sees_orders_of(person, shop, person.person.name), f"{person.person.name} does not see any orders."
        known = {"iss": shop.origin, "aud": SHOP, "sub": person.person.name, "scope": scope}
        known["sid"] = lab.db.families.find_one({"user": person.person.name})["_id"]
        for name, value in known.items():
            assert claims.get(name) == value, f"The token's {name} is {claims.get(name)!r}, and {value!r} is known."


@promise()
def test_it_lasts_for_a_walk_through_the_shop(lab, shop, alice):
    """Alice's token still works after fourteen minutes, and her app gets another one for as long as she is there."""
    sign_in(alice, shop)
    for _ in range(3):
        lab.clock.advance(minutes=14)
        assert orders(alice, shop).status == 200, "Alice's token did not last for fourteen minutes."
        refresh(alice, shop)


@promise(
    points=2,
    after=test_it_lasts_for_a_walk_through_the_shop,
    asvs="9.2.1",
    cwe=613,
    hints=[
        "Mallory copies a token. For how long does she have it?",
        "Nobody can take a token back. Which claim does it for you?",
        "The rule (RFC 7519, 4.1.4): from `exp` on nobody accepts the token. Here it is 15 minutes after `iat`.",
    ],
)
def test_a_copy_is_soon_worth_nothing(lab, shop, alice, carol, mallory):
    """A token that Mallory copied is worth nothing a quarter of an hour after it was made, whoever it was made for."""
    for whose in (carol, alice):
        sign_in(whose, shop)
        claims = claims_of(whose)
        life = claims["exp"] - claims["iat"]
        assert QUARTER - 1 <= life <= QUARTER, (
            f"The token of somebody with the role {whose.person.role} is for {life} seconds, and a quarter of an hour "
            f"has {QUARTER}."
        )
    token = storage(alice)["access_token"]
    lab.clock.advance(seconds=QUARTER)

    assert orders(mallory, shop, token).status == 401, "A quarter of an hour later, Mallory's copy still works."


@promise(
    points=1,
    after=test_a_copy_is_soon_worth_nothing,
    asvs="9.2.1",
    cwe=613,
    hints=[
        "Which times does the token say, and which one is it?",
        "`now` is an argument. Does your function have another idea of the time?",
    ],
)
def test_it_says_when_it_was_made(lab, shop, alice, restart_shop):
    """A token says in whole seconds when it was issued, which is when it was asked for, on whatever day that is."""
    begin = int(lab.clock.time()) + 60
    for days, part in ((0, 0.25), (0, 0.75), (400, 0.9)):
        now = begin + days * 86_400 + part
        restart_shop(at=now)
        sign_in(alice, shop)
        claims = claims_of(alice)
        for name in ("iat", "exp"):
            assert type(claims[name]) is int, f"`{name}` is {claims[name]!r}, no whole number."
        assert claims["iat"] == int(now), f"It was issued at {now}, and says {claims['iat']}."


@promise(
    points=2,
    after=test_alice_and_carol_do_their_work,
    asvs="14.2.6",
    cwe=312,
    hints=[
        "Read a token with `parts(...)`. Did you need a key for that?",
        "For each claim: which decision of the API is made with it?",
        "The rule (RFC 9068, 6): whoever gets the token reads it. What is known, iat, exp and jti will do.",
    ],
)
def test_it_tells_no_secrets(lab, shop, alice, bob):
    """A token has the claims that the API needs, and nothing else of the user's row, however it is written."""
    told = []
    for browser in (alice, bob):
        sign_in(browser, shop)
        claims = claims_of(browser)
        told.append(claims)
        row = lab.db.users.find_one({"_id": browser.person.name})
        # What a claim may hold is free only where the shop did not know it: the rest is compared.
        written = " ".join(str(claims[name]) for name in sorted(set(claims) - KNOWN))
        for secret in (row["password_hash"], row["password_hash"][-20:], browser.person.password):
            for how, writing in WRITINGS.items():
                said = writing(secret) in written
                assert not said, f"The token tells the user's password, or the hash of it, {how}."
        more = ", ".join(sorted(set(claims) - KNOWN - MADE - ALLOWED))
        assert not more, f"Nobody needs {more} in a token."

    apps = {str(claims.get("client_id")) for claims in told}
    assert len(apps) == 1, "The token's client_id is another one for each user: it is the app's, not theirs."


@promise(
    points=2,
    after=test_alice_and_carol_do_their_work,
    asvs="11.5.1",
    cwe=340,
    hints=[
        "Restart the shop. Which id does its first token have?",
        "Two people sign in during the same second. In what do their tokens differ?",
        "The rule (RFC 7519, 4.1.7): no two tokens have one `jti`. `secrets.token_urlsafe` draws random texts.",
    ],
)
def test_no_two_tokens_have_one_id(lab, shop, alice, bob, restart_shop):
    """Each token has an id of its own, that of nobody else's and that of no token from before a restart of the shop."""
    sign_in(alice, shop)
    sign_in(bob, shop)
    moment = int(lab.clock.time())
    found = []
    # Twice the same moment, and the time stands still in it.
    for _ in range(2):
        restart_shop(at=moment)
        found += ids(alice, shop, MANY) + ids(bob, shop, 5)

    short = next((each for each in found if not isinstance(each, str) or len(each) < SHORTEST), None)
    assert short is None, f"{short!r} is no text of {SHORTEST} characters or more."
    assert len(set(found)) == len(found), "Two tokens have the same id, of one moment, or from before a restart."
