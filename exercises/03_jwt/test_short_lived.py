"""Make tokens that are short of life and short of words.

What `access_claims` promises about the time in a token, about its id, and about what everybody may read in it.
"""

import base64

import pytest

from labsrv.grading import promise
from labsrv.labs.jwt.compact import parts
from labsrv.labs.jwt.people import orders, refresh, sees_orders_of, sign_in, storage

PLACE = 6
DECIDES = ("access_claims",)

QUARTER = 15 * 60
MANY = 20
EXPECTED = {"iss", "aud", "sub", "scope", "sid", "iat", "nbf", "exp", "jti", "client_id"}  # RFC 9068, 2.2

# How somebody might write what ought not to be in there.
WRITINGS = {
    "as it is": lambda text: text,
    "backwards": lambda text: text[::-1],
    "as base64": lambda text: base64.b64encode(text.encode()).decode().rstrip("="),
    "as hexadecimal": lambda text: text.encode().hex(),
}


def claims_of(browser):
    """Return what is written in a browser's access token."""
    return parts(storage(browser)["access_token"])[1]


def ids(browser, shop, many):
    """Return the ids of the tokens that the shop gives for as many refreshes."""
    found = []
    for _ in range(many):
        refresh(browser, shop)
        found.append(claims_of(browser)["jti"])
    return found


@promise()
def test_alice_and_carol_do_their_work(shop, alice, carol):
    """Alice and Carol sign in, each sees her own orders, and their tokens say what the shop knows."""
    for person, scope in ((alice, "orders:read"), (carol, "orders:read refunds:write")):
        sign_in(person, shop)
        claims = claims_of(person)
        assert sees_orders_of(person, shop, person.person.name), f"{person.person.name} does not see any orders."
        assert (claims["sub"], claims["scope"]) == (person.person.name, scope), f"The token says {claims}."


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
        "Read RFC 7519, 4.1.4, and ASVS 9.2.1.",
    ],
)
def test_a_copy_is_soon_worth_nothing(lab, shop, alice, mallory):
    """A token that Mallory copied is worth nothing a quarter of an hour after it was made."""
    sign_in(alice, shop)
    token = storage(alice)["access_token"]
    claims = claims_of(alice)
    assert 0 < claims["exp"] - claims["iat"] <= QUARTER, f"It is for {claims['exp'] - claims['iat']} seconds."
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
def test_it_says_when_it_was_made(lab, shop, alice):
    """A token says in whole seconds when it was issued, which is when it was asked for, on whatever day that is."""
    for days in (0, 400):
        lab.clock.advance(days=days)
        now = lab.clock.time()
        sign_in(alice, shop)
        claims = claims_of(alice)
        assert all(isinstance(claims[name], int) for name in ("iat", "exp")), "The times are no whole numbers."
        assert now - 2 <= claims["iat"] <= lab.clock.time(), f"It says {claims['iat']}, and it is {now:.0f}."


@promise(
    points=2,
    after=test_alice_and_carol_do_their_work,
    asvs="14.2.6",
    cwe=312,
    hints=[
        "Read a token with `parts(...)`. Did you need a key for that?",
        "For each claim: which decision of the API is made with it?",
        "Read RFC 9068, 6, on what a token tells.",
    ],
)
@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_it_tells_no_secrets(lab, shop, alice, writing):
    """A token has the claims that the API needs, and nothing else of the user's row, however it is written."""
    sign_in(alice, shop)
    claims = claims_of(alice)
    row = lab.db.users.find_one({"_id": alice.person.name})
    written = str(claims)
    for secret in (row["password_hash"], row["password_hash"][-20:], alice.person.password):
        assert writing(secret) not in written, "The token tells the user's password, or the hash of it."

    assert set(claims) <= EXPECTED, f"Nobody needs {', '.join(sorted(set(claims) - EXPECTED))} in a token."


@promise(
    points=2,
    after=test_alice_and_carol_do_their_work,
    asvs="11.5.1",
    cwe=340,
    hints=[
        "Restart the shop. Which id does its first token have?",
        "Two people sign in during the same second. In what do their tokens differ?",
        "Read RFC 7519, 4.1.7, and what ASVS 11.5.1 asks of what nobody may guess.",
    ],
)
def test_no_two_tokens_have_one_id(lab, shop, alice, bob, restart_shop):
    """Each token has an id of its own, that of nobody else's and that of no token from before a restart of the shop."""
    sign_in(alice, shop)
    sign_in(bob, shop)
    moment = lab.clock.now()
    found = ids(alice, shop, MANY) + ids(bob, shop, 5)
    lab.clock.move_to(moment)
    restart_shop()
    found += ids(alice, shop, 8)

    assert all(isinstance(each, str) and len(each) >= 16 for each in found), f"{found[0]!r} is no id for all times."
    assert len(set(found)) == len(found), "Two tokens have the same id."
    assert not set(found) & {str(number) for number in range(10_000)}, "The ids are counted."
