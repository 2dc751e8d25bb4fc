"""Let the dead rest.

What `save_session` promises while something else happens. A request is held right after one of its operations on the
table of sessions, a look or a change, so that the race comes out the same in every run.
"""

from contextlib import contextmanager

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import under_way
from labsrv.labs.sessions.people import (
    confirm,
    is_logged_in,
    log_in,
    log_out,
    log_out_everywhere,
    put_in_basket,
    session_cookie,
)

PLACE = 6
DECIDES = ("save_session",)

# How Alice ends her session while a request of hers is under way.
ENDS = {
    "logged out here": lambda alice, tablet, shop: log_out(alice, shop),
    "logged out everywhere, from her tablet": lambda alice, tablet, shop: log_out_everywhere(tablet, shop),
    "chose a new password, on her tablet": lambda alice, tablet, shop: change_password(tablet, shop),
}

# After which of its operations on the table a request is held. A decision that looks again has more than one or two.
LATER = {"after its second": 2, "after its third": 3, "after its fourth": 4}


def change_password(browser, shop):
    """Choose a new password, which throws out who is logged in elsewhere."""
    browser.submit(shop.password, current=browser.person.password, new=browser.person.password[::-1])


@pytest.fixture
def tablet(lab, shop, alice):
    """Alice's tablet, on which she is logged in."""
    tablet = lab.browser("tablet")
    tablet.person = alice.person
    log_in(tablet, shop)
    return tablet


@pytest.fixture
def thief(shop, alice, mallory):
    """Mallory, with a copy of the cookie of Alice, who is logged in."""
    log_in(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    return mallory


@contextmanager
def watched(lab, gone):
    """Note of each change in the table of sessions, until the block ends, which of these rows are there after it."""
    there = []

    def look(table):
        there.extend(row["_id"] for row in lab.db.peek("sessions")[0] if row["_id"] in gone)

    lab.db.listeners.append(look)
    yield there
    lab.db.listeners.remove(look)


def keys(lab):
    """Return the names of the rows in the table of sessions."""
    return {row["_id"] for row in lab.db.peek("sessions")[0]}


@promise()
def test_the_basket_is_kept(shop, alice, browser, draw):
    """What Alice puts into her basket is in it at her next visit, and so is what a stranger puts into theirs."""
    log_in(alice, shop)
    for who, whose in ((alice, "Alice"), (browser, "a stranger")):
        tea, more = draw.word(), draw.word()
        put_in_basket(who, shop, tea)
        put_in_basket(who, shop, more)
        page = who.navigate(shop.url)
        assert page.sees(tea) and page.sees(more), f"Something that {whose} put into the basket is not in it."


@promise()
def test_everybody_has_their_own_session(lab, shop, alice, bob, carol, draw, restart_shop):
    """Alice on two devices, Bob and Carol, who all come at the same moment, each have their own account and basket."""
    restart_shop(at=lab.clock.time())
    device = lab.browser("Alice's tablet")
    device.person = alice.person
    visitors = [alice, bob, carol, device]
    draw.shuffle(visitors)
    for each in visitors:
        log_in(each, shop)
    teas = {each: draw.word() for each in visitors}
    for each, tea in teas.items():
        put_in_basket(each, shop, tea)

    for each, own in teas.items():
        assert is_logged_in(each, shop), f"Others came as well, and {each.name} is not logged in any more."
        page = each.navigate(shop.url)
        found = [tea for tea in teas.values() if page.sees(tea)]
        assert found == [own], f"{each.name} put one tea into the basket, and finds another, or more, or none in it."


@promise()
def test_being_there_is_noted(lab, shop, alice):
    """Alice, who comes back every twenty minutes, stays logged in."""
    log_in(alice, shop)
    for _ in range(3):
        lab.clock.advance(minutes=20)
        assert is_logged_in(alice, shop), "Alice came every twenty minutes and was logged out."


@promise()
def test_the_confirmation_is_kept(lab, shop, alice):
    """Having typed her password once more, Alice sees her card, also a moment later; her login was when it was."""
    log_in(alice, shop)
    began = lab.db.sessions.find_one({})["created_at"]
    lab.clock.advance(minutes=20)
    confirm(alice, shop)

    assert alice.navigate(shop.payment).sees("Your card"), "Alice confirmed her password, and the shop forgot it."
    assert lab.db.sessions.find_one({})["created_at"] == began, (
        "The shop noted when Alice's session began (`created_at`), and that was not saved."
    )


@promise(
    points=2,
    after=test_the_basket_is_kept,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "The row is deleted while a request is under way. What does `save_session` do when it finds no row?",
        "Compare what the operations of a collection do with a filter that matches nothing.",
        "`upsert=True` writes a new row where the filter finds none. Without it nothing is written: docs/store.md.",
    ],
)
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_slow_request_does_not_undo_the_logout(lab, shop, alice, thief, tablet, end, two_processes):
    """A request that was under way while Alice logged out does not bring her session back, not for a moment."""
    before = keys(lab)
    gone = set()
    with watched(lab, gone) as back, under_way(lab, lambda: put_in_basket(thief, shop), table="sessions"):
        end(alice, tablet, shop)
        gone |= before - keys(lab)

    assert not is_logged_in(thief, shop, as_=alice), "Alice logged out, and a slow request brought her session back."
    assert not back, "Alice logged out, and a slow request made her session's row anew, if only for a moment."


@promise(
    points=2,
    after=test_a_slow_request_does_not_undo_the_logout,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "The logout can come at any moment: also between two lines of yours.",
        "How many operations does `save_session` need? What may happen between the first and the next?",
        "One operation finds and writes its row with nothing in between; two operations have room between them.",
    ],
)
@pytest.mark.parametrize("nth", LATER.values(), ids=LATER)
def test_nor_when_it_looked_once_more(lab, shop, alice, thief, nth, two_processes):
    """Nor does it when the logout comes between two operations of `save_session`, be it a look or a change."""
    with under_way(lab, lambda: put_in_basket(thief, shop), table="sessions", look=nth):
        log_out(alice, shop)

    assert not is_logged_in(thief, shop, as_=alice), (
        "Alice logged out between two operations of `save_session`, and her session is back."
    )


@promise(
    points=1,
    after=test_a_slow_request_does_not_undo_the_logout,
    asvs="7.2.4",
    cwe=613,
    hints=[
        "At the login the visitor's session ended, and another one began. Who may still have the cookie of the first?",
        "Which sessions does your function save in one way, and which in another?",
    ],
)
def test_nor_does_it_undo_the_login(lab, shop, alice, mallory, draw, two_processes):
    """A request that was under way while Alice logged in does not bring back the session that she had as a visitor."""
    tea = draw.word()
    put_in_basket(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    with under_way(lab, lambda: put_in_basket(mallory, shop, tea), table="sessions"):
        log_in(alice, shop)

    assert not mallory.navigate(shop.url).sees(tea), (
        "Alice logged in, and a slow request brought the session back that she had before."
    )


@promise(
    points=1,
    after=test_a_slow_request_does_not_undo_the_logout,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "The row is gone, and there are others in the table. Which of them does your filter find?",
        "A session has one row. What of the session tells which?",
    ],
)
def test_nobody_elses_session_is_written(lab, shop, alice, bob, carol, thief, tablet, draw, two_processes):
    """A request that finds its session gone writes nothing into another one, of Alice or of anybody."""
    tea, own = draw.word(), draw.word()
    for each in (bob, carol):
        log_in(each, shop)
    for each in (bob, carol, tablet):
        put_in_basket(each, shop, own)
    with under_way(lab, lambda: put_in_basket(thief, shop, tea), table="sessions"):
        log_out(alice, shop)

    for each in (bob, carol, tablet):
        assert is_logged_in(each, shop), f"Alice logged out, a slow request ended, and {each.name} is not logged in."
        page = each.navigate(shop.url)
        assert page.sees(own) and not page.sees(tea), f"A slow request wrote into the session of {each.name}."


@promise(
    points=1,
    after=test_the_basket_is_kept,
    asvs="7.3.1",
    cwe=613,
    hints=[
        "A session also ends because nobody used it. What does the slow request know of that?",
        "Which row does it write, and what does that row say?",
    ],
)
def test_a_slow_request_does_not_revive_what_expired(lab, shop, alice, thief, two_processes):
    """A session that expired and was deleted while a request was under way is not brought back by it."""
    # The shop asks who the user is once it has found the session alive.
    with under_way(lab, lambda: put_in_basket(thief, shop), table="users"):
        lab.clock.advance(minutes=31)
        assert not is_logged_in(alice, shop), "Nobody came for 31 minutes, and Alice is still logged in."

    assert not is_logged_in(thief, shop, as_=alice), "The session had expired, and a slow request made it young again."
