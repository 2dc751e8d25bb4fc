"""Take each refresh token once.

What `rotate` promises to Alice, who comes back every day, and to Mallory, who has a copy of one of her tokens.
"""

import threading

import pytest

from labsrv.grading import promise
from labsrv.labs.jwt.moves import copy_refresh_token, use_refresh_token
from labsrv.labs.jwt.people import refresh, sees_orders_of, sign_in, storage

PLACE = 8
DECIDES = ("rotate",)


@pytest.fixture
def copied(shop, alice):
    """A copy of the refresh token of Alice, who has signed in."""
    sign_in(alice, shop)
    return copy_refresh_token(alice, shop)


def show_at_once(lab, shop, token, browsers):
    """Have several browsers show one refresh token in the same moment; return which of them the shop served."""
    served = []

    def show(browser):
        if use_refresh_token(token, browser, shop):
            served.append(browser)

    threads = [threading.Thread(target=show, args=(each,)) for each in browsers]
    with lab.db.gate("grants", readers=len(browsers), patience=2):
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    return served


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
    tablet = lab.browser("tablet")
    tablet.person = alice.person
    for browser in (alice, tablet, bob, alice, bob, tablet):
        if not storage(browser):
            sign_in(browser, shop)
        assert refresh(browser, shop).status == 200, f"{browser.name}'s app was refused."
        assert sees_orders_of(browser, shop, browser.person.name), f"{browser.name}'s new token does not work."


@promise()
def test_an_invented_token_is_refused(shop, alice, mallory, draw):
    """A token that the shop never gave is refused, and disturbs nobody."""
    sign_in(alice, shop)
    for invented in ("", draw.word(), "undefined"):
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
        "Read RFC 9700, 4.14.2, on refresh token rotation.",
    ],
)
def test_a_token_works_once(lab, shop, alice, mallory, copied):
    """A refresh token that Alice's app has used is refused when Mallory shows her copy of it."""
    refresh(alice, shop)
    lab.clock.advance(days=1)

    assert not use_refresh_token(copied, mallory, shop), "Alice's app used the token, and Mallory's copy still works."


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
def test_used_twice_it_ends_for_both(lab, shop, alice, mallory, copied):
    """When a token comes a second time, the login ends for whoever came first as well, at once."""
    assert use_refresh_token(copied, mallory, shop), "Mallory came first with a good token and was refused."
    use_refresh_token(storage(mallory)["refresh_token"], mallory, shop)
    refresh(alice, shop)

    assert not sees_orders_of(mallory, shop, alice.person.name), "Alice's app came second, and Mallory sees her orders."
    assert not use_refresh_token(storage(mallory)["refresh_token"], mallory, shop), (
        "Alice's app came second, and Mallory goes on refreshing."
    )


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
    tablet = lab.browser("tablet")
    tablet.person = alice.person
    for browser in (alice, tablet, bob):
        sign_in(browser, shop)
    copy = copy_refresh_token(alice, shop)
    refresh(alice, shop)
    use_refresh_token(copy, mallory, shop)

    for browser in (tablet, bob):
        assert refresh(browser, shop).status == 200, (
            f"A token of Alice's came twice, and {browser.name} was signed out."
        )
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
        "Read what `find_one_and_update` returns in pymongo's documentation.",
    ],
)
@pytest.mark.parametrize("many", [2, 3], ids=["twice at once", "three times at once"])
def test_at_the_same_moment_too(lab, shop, copied, many):
    """A token that comes several times in the same moment is taken once at the most."""
    thieves = [lab.browser(f"thief {number}") for number in range(many)]
    served = show_at_once(lab, shop, copied, thieves)

    assert len(served) <= 1, f"One token came {many} times at once, and {len(served)} apps got the next one."


@promise(
    points=2,
    after=test_alice_comes_back_for_weeks,
    asvs="10.4.8",
    cwe=613,
    hints=[
        "Whoever refreshes every day is never asked for a password again. For how long is that all right?",
        "A family knows when it began. Do its tokens know?",
        "Read ASVS 10.4.8.",
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
