"""Take back what can't be taken back.

What `log_out` and `is_revoked` promise about copies that Mallory made before Alice logged out.
"""

from labsrv.grading import promise
from labsrv.kit.lessons.races import under_way
from labsrv.labs.jwt.moves import copy_access_token, copy_refresh_token, signed_by_shop, use_refresh_token
from labsrv.labs.jwt.people import log_out, orders, refresh, sees_orders_of, sign_in, storage

PLACE = 9
DECIDES = ("log_out", "is_revoked")

# What may stand in a token for the name of its login, and is none.
NO_LOGINS = {
    "a login that never was": {"sid": "no-such-login"},
    "nothing": {"sid": ""},
    "a number": {"sid": 7},
    "null": {"sid": None},
    "a list": {"sid": ["a", "list"]},
    "not named": {},
}


def device(lab, alice, name):
    """Return another browser of Alice's."""
    browser = lab.browser(name)
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
def test_others_stay_signed_in(lab, shop, alice, bob):
    """When Alice logs out, her tablet, her phone and Bob stay signed in."""
    tablet, phone = device(lab, alice, "tablet"), device(lab, alice, "phone")
    for browser in (tablet, alice, bob, phone):
        sign_in(browser, shop)
    assert log_out(alice, shop).status == 200, "Alice could not log out."

    for browser in (bob, tablet, phone, tablet):
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
    for more in (0, 1, 3):
        sign_in(alice, shop)
        for _ in range(more):
            assert refresh(alice, shop).status == 200, "Alice's app was refused."
        copy = copy_refresh_token(alice, shop)
        assert log_out(alice, shop).status == 200, "Alice could not log out."
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
    refresh(alice, shop)
    third = copy_access_token(alice)
    for token in (first, second, third):
        assert orders(mallory, shop, token).status == 200, "A token is refused, and Alice has not logged out yet."
    assert log_out(alice, shop).status == 200, "Alice could not log out."

    for minutes in (0, 5):
        lab.clock.advance(minutes=minutes)
        for token in (first, second, third):
            status = orders(mallory, shop, token).status
            assert status == 401, f"Alice logged out, and Mallory's copy was answered with {status}."
    sign_in(alice, shop)
    status = orders(mallory, shop, third).status
    assert status == 401, f"Alice logged out and in, and Mallory's copy was answered with {status}."


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
    with under_way(lab, lambda: use_refresh_token(copy, mallory, shop), table="families"):
        assert log_out(alice, shop).status == 200, "Alice could not log out."

    assert not sees_orders_of(mallory, shop, name), "Alice logged out, and a token that was under way shows her orders."
    assert not use_refresh_token(storage(mallory).get("refresh_token", copy), mallory, shop), (
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
    for row, claims in NO_LOGINS.items():
        token = signed_by_shop(copy_access_token(alice), without=() if claims else ("sid",), **claims)
        status = orders(alice, shop, token).status
        assert status == 401, f"A token whose login is {row} was answered with {status}, not with 401."
