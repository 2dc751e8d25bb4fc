"""Let the dead rest.

What `save_session` promises while something else happens. A request is held right after one of its looks into the table
of sessions, so that the race comes out the same in every run.
"""

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
}

# After which of its looks into the table a request is held. A decision that looks again has more than one.
LATER_LOOKS = {"held after its second look": 2, "held after its third look": 3}


@pytest.fixture
def thief(shop, alice, mallory):
    """Mallory, with a copy of the cookie of Alice, who is logged in."""
    log_in(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    return mallory


@promise()
def test_the_basket_is_kept(shop, alice, draw):
    """What Alice puts into her basket is in it at her next visit."""
    tea, more = draw.word(), draw.word()
    log_in(alice, shop)
    put_in_basket(alice, shop, tea)
    put_in_basket(alice, shop, more)

    page = alice.navigate(shop.url)
    assert page.sees(tea) and page.sees(more), "Something that Alice put into her basket is not in it."


@promise()
def test_being_there_is_noted(lab, shop, alice):
    """Alice, who comes back every twenty minutes, stays logged in."""
    log_in(alice, shop)
    for _ in range(3):
        lab.clock.advance(minutes=20)
        assert is_logged_in(alice, shop), "Alice came every twenty minutes and was logged out."


@promise()
def test_the_confirmation_is_kept(shop, alice):
    """Having typed her password once more, Alice sees her card, and sees it again a moment later."""
    log_in(alice, shop)
    confirm(alice, shop)

    assert alice.navigate(shop.payment).sees("Your card"), "Alice confirmed her password, and the shop forgot it."


@promise(
    points=2,
    after=test_the_basket_is_kept,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "The row is deleted while a request is under way. What does `save_session` do when it finds no row?",
        "Compare what the operations of a collection do with a filter that matches nothing.",
        "Read what `upsert` means in the documentation of MongoDB.",
    ],
)
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_slow_request_does_not_undo_the_logout(lab, shop, alice, thief, end, two_processes):
    """A request that was under way while Alice logged out does not bring her session back."""
    tablet = lab.browser("tablet")
    tablet.person = alice.person
    log_in(tablet, shop)
    with under_way(lab, lambda: put_in_basket(thief, shop), table="sessions"):
        end(alice, tablet, shop)

    assert not is_logged_in(thief, shop, as_=alice), "Alice logged out, and a slow request brought her session back."


@promise(
    points=2,
    after=test_a_slow_request_does_not_undo_the_logout,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "The logout can come at any moment: also between two lines of yours.",
        "How many operations does `save_session` need? What may happen between the first and the next?",
        "Read what MongoDB says about the atomicity of an operation on a single document.",
    ],
)
@pytest.mark.parametrize("look", LATER_LOOKS.values(), ids=LATER_LOOKS)
def test_nor_when_it_looked_once_more(lab, shop, alice, thief, look, two_processes):
    """Nor does it when the logout comes after another look at the session."""
    with under_way(lab, lambda: put_in_basket(thief, shop), table="sessions", look=look):
        log_out(alice, shop)

    assert not is_logged_in(thief, shop, as_=alice), (
        "Alice logged out between your look and your write, and her session is back."
    )


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
