"""Take back what can't be taken back.

What `log_out` and `is_revoked` promise about copies that Mallory made before Alice logged out.
"""

import threading

import pytest

from labsrv.grading import promise
from labsrv.labs.jwt.moves import copy_access_token, copy_refresh_token, signed_by_shop, use_refresh_token
from labsrv.labs.jwt.people import log_out, orders, refresh, sees_orders_of, sign_in, storage

PLACE = 9
DECIDES = ("log_out", "is_revoked")

# What may stand in a token for the name of its login, and is none.
NO_LOGINS = {
    "a login that never was": "no-such-login",
    "nothing": "",
    "a number": 7,
    "null": None,
    "a list": ["a", "list"],
}


@pytest.fixture
def tablet(lab, alice):
    """Alice's tablet."""
    browser = lab.browser("tablet")
    browser.person = alice.person
    return browser


@promise()
def test_alice_logs_out_and_in(shop, alice):
    """Alice logs out, signs in again, and sees her orders, also after a refresh."""
    for _ in range(2):
        sign_in(alice, shop)
        assert sees_orders_of(alice, shop, alice.person.name), "Alice has signed in and does not see any orders."
        assert log_out(alice, shop).status == 200, "Alice could not log out."
    sign_in(alice, shop)
    refresh(alice, shop)
    assert sees_orders_of(alice, shop, alice.person.name), "Alice's app refreshed its token, and it is refused."


@promise()
def test_others_stay_signed_in(shop, alice, bob, tablet):
    """When Alice logs out, her tablet and Bob stay signed in."""
    for browser in (alice, bob, tablet):
        sign_in(browser, shop)
    log_out(alice, shop)

    for browser in (bob, tablet):
        assert sees_orders_of(browser, shop, browser.person.name), f"Alice logged out, and {browser.name} was as well."
        assert refresh(browser, shop).status == 200, f"Alice logged out, and {browser.name}'s app was refused."
        assert sees_orders_of(browser, shop, browser.person.name), f"{browser.name}'s new token is refused."


@promise(
    points=2,
    after=test_alice_logs_out_and_in,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "Look at `show.rows(lab.db.families)` before Alice logs out and after it.",
        "All refresh tokens of a login are a family. Which name of it do you have at hand?",
    ],
)
def test_no_refresh_token_survives(shop, alice, mallory):
    """A refresh token that Mallory copied is worth nothing once Alice has logged out, and no older one either."""
    sign_in(alice, shop)
    refresh(alice, shop)
    copy = copy_refresh_token(alice, shop)
    log_out(alice, shop)

    assert not use_refresh_token(copy, mallory, shop), "Alice logged out, and Mallory's copy brings new tokens."


@promise(
    points=2,
    after=test_no_refresh_token_survives,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "The access token is signed and not over. Which other thing could be asked about it?",
        "Which claim tells to what login a token belongs?",
    ],
)
def test_no_access_token_survives(lab, shop, alice, mallory):
    """Nor is an access token that Mallory copied, of any age."""
    sign_in(alice, shop)
    first = copy_access_token(alice)
    lab.clock.advance(minutes=5)
    refresh(alice, shop)
    second = copy_access_token(alice)
    log_out(alice, shop)

    for token in (first, second):
        answer = orders(mallory, shop, token)
        assert answer.status == 401, f"Alice logged out, and Mallory's copy was answered with {answer.status}."


@promise(
    points=1,
    after=test_no_access_token_survives,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "Where does your file keep what has ended? Who else can read that, and for how long?",
        "The shop runs in several processes, and is restarted now and then.",
    ],
)
def test_it_holds_after_a_restart(shop, alice, mallory, restart_shop):
    """That is so in another process of the shop as well."""
    sign_in(alice, shop)
    access, again = copy_access_token(alice), copy_refresh_token(alice, shop)
    log_out(alice, shop)
    restart_shop()

    assert orders(mallory, shop, access).status == 401, "After a restart of the shop the copied token works again."
    assert not use_refresh_token(again, mallory, shop), "After a restart of the shop the copy brings new tokens."


@promise(
    points=1,
    after=test_no_refresh_token_survives,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "A refresh is under way while Alice logs out, and brings a new token. To which login does that belong?",
        "What did you delete: the tokens that there were, or what they belong to?",
    ],
)
def test_no_token_under_way_survives(lab, shop, alice, mallory):
    """A refresh that was under way while Alice logged out brings nothing that works."""
    sign_in(alice, shop)
    copy, name = copy_refresh_token(alice, shop), alice.person.name
    with lab.db.hold("families", nth=1, patience=2.5) as held:
        thief = threading.Thread(target=use_refresh_token, args=(copy, mallory, shop))
        thief.start()
        held.wait_reached(5)
        log_out(alice, shop)
        held.release()
        thief.join()

    assert not sees_orders_of(mallory, shop, name), "Alice logged out, and a token that was under way shows her orders."
    assert not use_refresh_token(storage(mallory)["refresh_token"], mallory, shop), (
        "Alice logged out, and a token that was under way brings new ones."
    )


@promise(
    points=1,
    after=test_no_access_token_survives,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "A token that names no login: can your function tell that its login goes on?",
        "What does your function say of a login that it has never heard of?",
    ],
)
def test_a_token_without_a_login_is_refused(shop, alice):
    """A token that belongs to no login that the shop knows is refused."""
    sign_in(alice, shop)
    for row, sid in NO_LOGINS.items():
        answer = orders(alice, shop, signed_by_shop(copy_access_token(alice), sid=sid))
        assert answer.status == 401, f"A token whose login is {row} was answered with {answer.status}."
