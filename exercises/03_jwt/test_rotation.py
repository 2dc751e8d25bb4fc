"""Take each refresh token once.

What `rotate` promises to Alice, who comes back every day, and to Mallory, who has a copy of one of her tokens.
"""

from datetime import timedelta

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once
from labsrv.labs.jwt.moves import copy_refresh_token, use_refresh_token
from labsrv.labs.jwt.people import refresh, sees_orders_of, sign_in, storage

PLACE = 8
DECIDES = ("rotate",)


# Before Alice's app comes second: how often Mallory refreshes once more, and how many days pass.
TWICE = {"at once": (0, 0), "after three more": (3, 0), "twenty days later": (1, 20)}


@pytest.fixture
def copied(shop, alice):
    """A copy of the refresh token of Alice, who has signed in."""
    sign_in(alice, shop)
    return copy_refresh_token(alice, shop)


def devices(lab, alice, *names):
    """Return more browsers of Alice's."""
    found = [lab.browser(name) for name in names]
    for each in found:
        each.person = alice.person
    return found


@promise()
def test_alice_comes_back_for_weeks(lab, shop, alice):
    """Alice's app gets new tokens every day for four weeks, and they work."""
    sign_in(alice, shop)
    for day in range(28):
        lab.clock.advance(days=1)
        assert refresh(alice, shop).status == 200, f"On day {day + 1} Alice's app was refused."
        assert sees_orders_of(alice, shop, alice.person.name), f"On day {day + 1} the new token does not work."


@promise()
def test_other_logins_go_on(shop, alice, bob, lab):
    """Alice's other devices, and Bob, have logins of their own."""
    (tablet,) = devices(lab, alice, "tablet")
    for browser in (alice, tablet, bob, alice, bob, tablet):
        if not storage(browser):
            sign_in(browser, shop)
        assert refresh(browser, shop).status == 200, f"{browser.name}'s app was refused."
        assert sees_orders_of(browser, shop, browser.person.name), f"{browser.name}'s new token does not work."


@promise()
def test_an_invented_token_is_refused(lab, shop, alice, mallory, draw):
    """A token that the shop never gave is refused, and disturbs nobody."""
    sign_in(alice, shop)
    for invented in ("", draw.word(), "undefined", lab.db.grants.find_one()["_id"]):
        assert not use_refresh_token(invented, mallory, shop), "A token that Mallory made up was taken."

    assert refresh(alice, shop).status == 200, "Mallory made a token up, and Alice's app was refused."


@promise(
    points=2,
    after=test_alice_comes_back_for_weeks,
    asvs="10.4.5",
    cwe=613,
    hints=[
        "Mallory copied a token, and Alice's app uses it first. What is the copy worth then?",
        "A row has `used`. Who writes it, and who reads it?",
        "The rule (RFC 9700, 4.14.2): the old token is marked when the new one is made, and a marked one is refused.",
    ],
)
def test_a_token_works_once(lab, shop, alice, mallory):
    """A refresh token that Alice's app has used is refused when Mallory shows a copy of it, at once or weeks later."""
    for later, days in {"a moment": 0, "a day": 1, "twenty days": 20}.items():
        sign_in(alice, shop)
        copy = copy_refresh_token(alice, shop)
        assert refresh(alice, shop).status == 200, "Alice's app was refused."
        lab.clock.advance(days=days)
        taken = use_refresh_token(copy, mallory, shop)
        assert not taken, f"Alice's app used the token, and Mallory's copy still worked {later} later."


@promise(
    points=2,
    after=test_a_token_works_once,
    asvs="10.4.5",
    cwe=613,
    hints=[
        "Mallory was first this time. Then Alice's app shows the token: what does the shop know now?",
        "It can't know which of them is the thief. Which answer is safe in both cases?",
    ],
)
@pytest.mark.parametrize(("more", "days"), TWICE.values(), ids=TWICE)
def test_used_twice_it_ends_for_both(lab, shop, alice, mallory, copied, more, days):
    """When a token comes a second time, the login ends for whoever came first as well, at once."""
    assert use_refresh_token(copied, mallory, shop), "Mallory came first with a good token and was refused."
    for _ in range(more):
        assert use_refresh_token(storage(mallory)["refresh_token"], mallory, shop), "The next token was refused."
    lab.clock.advance(days=days)
    assert refresh(alice, shop).status == 400, "Alice's app came second, and was served."

    assert not use_refresh_token(storage(mallory)["refresh_token"], mallory, shop), (
        "Alice's app came second, and Mallory goes on refreshing."
    )
    assert not sees_orders_of(mallory, shop, alice.person.name), "Alice's app came second, and Mallory sees her orders."


@promise(
    points=1,
    after=test_used_twice_it_ends_for_both,
    asvs="10.4.5",
    cwe=613,
    hints=[
        "Whose logins end when a token comes twice?",
        "A user has several families. Which of them has a thief in it?",
    ],
)
def test_and_for_nobody_else(lab, shop, alice, bob, mallory):
    """Alice's other devices, and other people, stay signed in."""
    tablet, phone = devices(lab, alice, "tablet", "phone")
    for browser in (tablet, alice, bob, phone):
        sign_in(browser, shop)
    copy = copy_refresh_token(alice, shop)
    refresh(alice, shop)
    assert not use_refresh_token(copy, mallory, shop), "Alice's app used the token, and Mallory's copy still works."

    for browser in (tablet, bob, phone, phone, tablet):
        assert refresh(browser, shop).status == 200, (
            f"A token of Alice's came twice, and {browser.name} was signed out."
        )
        assert sees_orders_of(browser, shop, browser.person.name), f"{browser.name}'s new token does not work."
    sign_in(alice, shop)
    assert refresh(alice, shop).status == 200, "Alice signed in again, and was refused."


@promise(
    points=2,
    after=test_a_token_works_once,
    asvs="10.4.5",
    cwe=367,
    hints=[
        "Two requests read the row before one of them writes it. What does each of them find in it?",
        "How many operations does your function need until the token is taken? Can it be one?",
        "`find_one_and_update` returns the row as it was before: of two callers, one reads that it was unused.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
@pytest.mark.parametrize("many", [2, 3], ids=["twice at once", "three times at once"])
def test_at_the_same_moment_too(lab, shop, copied, two_processes, many):
    """A token that comes several times in the same moment is taken once at the most."""
    thieves = [lab.browser(f"thief {number}") for number in range(many)]
    served = sum(at_once(lab, "grants", *(lambda by=each: use_refresh_token(copied, by, shop) for each in thieves)))

    assert served <= 1, f"One token came {many} times at once, and {served} apps got the next one."


@promise(
    points=2,
    after=test_alice_comes_back_for_weeks,
    asvs="10.4.8",
    cwe=613,
    hints=[
        "Whoever refreshes every day is never asked for a password again. For how long is that all right?",
        "A family knows when it began. Do its tokens know?",
        "The rule (ASVS 10.4.8): refresh tokens have an absolute end, counted from `began_at` and moved by no use.",
    ],
)
@pytest.mark.parametrize("pause", [1, 29, 31], ids=["every day", "after 29 days", "after 31 days"])
def test_after_thirty_days_it_ends(lab, shop, alice, pause):
    """Thirty days after she signed in Alice has to sign in again, however often her app came."""
    sign_in(alice, shop)
    days = 0
    while days + pause <= 31:
        lab.clock.advance(days=pause)
        days += pause
        taken = refresh(alice, shop).status == 200
        assert taken == (days < 30), f"On day {days} the app was {'served' if taken else 'refused'}."
    lab.clock.advance(days=2)
    assert refresh(alice, shop).status == 400, "A month after she signed in, Alice's app is still served."


@promise(
    points=1,
    after=test_after_thirty_days_it_ends,
    asvs="10.4.8",
    cwe=193,
    hints=[
        "A family began at a moment. At which moment has it ended?",
        "Is the last moment in, or out? Thirty days after the login the login has ended.",
    ],
)
def test_it_ends_to_the_moment(lab, shop, alice, restart_shop):
    """The last moment is the one before thirty days are over."""
    sign_in(alice, shop)
    began = lab.clock.now().replace(microsecond=0)
    lab.db.families.update_many({}, {"$set": {"began_at": began}})
    for seconds, wanted in ((-1, 200), (0, 400)):
        restart_shop(at=(began + timedelta(days=30, seconds=seconds)).timestamp())
        status = refresh(alice, shop).status
        when = "a second before" if seconds else "at the moment when"
        assert status == wanted, f"The app came {when} thirty days were over, and was answered with {status}."
