"""Use a link up.

What `take_link` promises, by those who come second. Requests at the same moment meet in the store, so that the race
comes out the same in every run.
"""

from datetime import timedelta

import pytest

from labsrv.grading import promise
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.passwordless.moves import link_for, tabs, token_of, use_token
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in, log_in_by_link, log_out

PLACE = 2
DECIDES = ("take_link",)

# After which of its operations on the table a request is held.
LATER_LOOKS = {"held after its first look": 1, "held after its second look": 2, "held after its third look": 3}

MADE_UP = {
    "no token": "",
    "another token": "made-up-by-mallory",
    "a very long one": "x" * 3000,
    "half a character": "\ufffd\u0000",
    "a filter": '{"$ne": null}',
}
# What is nearly the token of a link.
NEARLY = {
    "in other letters": str.swapcase,
    "all but its first character": lambda token: token[1:],
    "all but its last character": lambda token: token[:-1],
    "with another first character": lambda token: ("b" if token[0] == "a" else "a") + token[1:],
    "backwards": lambda token: token[::-1],
    "twice": lambda token: token * 2,
    "as the table has it": fingerprint,
}
# What is nearly the name of its row.
NEARLY_ITS_ROW = {
    "with another first digit": lambda name: ("b" if name[0] == "a" else "a") + name[1:],
    "with another last digit": lambda name: name[:-1] + ("b" if name[-1] == "a" else "a"),
    "and its second half is another": lambda name: name[:32] + name[31::-1],
}
TOO_LATE = {
    "a second": timedelta(minutes=10, seconds=1),
    "five minutes": timedelta(minutes=15),
    "a day, to the minute": timedelta(days=1, minutes=5),
    "a week": timedelta(days=7),
    "a year": timedelta(days=365),
}


@promise()
def test_the_link_lets_alice_in(lab, shop, alice):
    """Alice asks for a link, follows it when its ten minutes are nearly over, and is logged in."""
    ask_for_link(alice, shop)
    lab.clock.advance(minutes=9, seconds=45)
    follow(alice, link_for(lab, alice))

    assert is_logged_in(alice, shop), "Alice followed the link in her mail, and is not let in."


@promise()
def test_alice_may_ask_again(lab, shop, alice, bob):
    """Having used a link and logged out, Alice asks for another one, and it lets her in; Bob's lets him in as well."""
    ask_for_link(bob, shop)
    log_in_by_link(alice, lab)
    log_out(alice, shop)
    log_in_by_link(alice, lab)
    assert is_logged_in(alice, shop), "Alice asked for a second link, and it does not let her in."

    follow(bob, link_for(lab, bob))
    assert is_logged_in(bob, shop), "Alice used a link, and Bob's is over."


@promise()
@pytest.mark.parametrize("token", MADE_UP.values(), ids=MADE_UP)
def test_what_was_made_up_is_refused(shop, mallory, token):
    """A token that the shop never gave out is answered with 410."""
    assert use_token(mallory, shop, token).status == 410, "A made-up token was not answered with 410."


@promise()
def test_what_was_made_up_ends_nothing(lab, shop, alice, mallory):
    """What is nearly Alice's token, or stands in the table in its place, is refused and ends nothing: her link still
    lets her in.
    """
    ask_for_link(alice, shop)
    token = token_of(link_for(lab, alice))
    use_token(mallory, shop, "made-up-by-mallory")
    for name, spell in NEARLY.items():
        status = use_token(alice, shop, spell(token)).exchanges[0].status
        assert status == 410, f"The token of a link, {name}, was answered with {status}, and not with 410."
    row = lab.db.links.find_one_and_delete({"_id": fingerprint(token)})
    assert row, "Somebody tried what is nearly Alice's token, and her link is over."
    for name, spell in NEARLY_ITS_ROW.items():
        lab.db.links.insert_one({**row, "_id": spell(row["_id"])})
        status = use_token(alice, shop, token).exchanges[0].status
        lab.db.links.delete_many({})
        assert status == 410, f"A row whose name is that of the token's, {name}, was taken for it."

    lab.db.links.insert_one(row)
    follow(alice, link_for(lab, alice))
    assert is_logged_in(alice, shop), (
        "Alice's link, whose row is there and whose time is not over, does not let her in."
    )


@promise(
    points=2,
    after=test_the_link_lets_alice_in,
    asvs="6.5.1",
    cwe=294,
    hints=[
        "Log in by a link, log out, and click the link again. What does the table `links` say in between?",
        "What has to be different in the store after the first use?",
    ],
)
def test_it_works_once(lab, shop, alice, restart_shop):
    """A link that was used lets nobody in again, also when the shop was restarted meanwhile."""
    log_in_by_link(alice, lab)
    log_out(alice, shop)
    follow(alice, link_for(lab, alice))
    use_token(alice, shop, token_of(link_for(lab, alice)))
    assert not is_logged_in(alice, shop), "Alice used her link and logged out; it let somebody in again."

    restart_shop()
    use_token(alice, lab.shop, token_of(link_for(lab, alice)))
    assert not is_logged_in(alice, lab.shop), (
        "Alice used her link; the shop was restarted, as shops are, and the link let somebody in again."
    )


@promise(
    points=2,
    after=test_it_works_once,
    asvs="6.5.1",
    cwe=367,
    hints=[
        "Two requests come at the same moment. What does each of them read, before either writes?",
        "How many operations do you need? What may happen between the first and the second?",
        "`find_one_and_delete` finds and removes in one: of two who come at once, one gets the row, the other None.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
@pytest.mark.parametrize("many", [2, 20], ids=["two at once", "twenty at once"])
def test_it_works_once_also_at_the_same_moment(lab, shop, alice, many, two_processes):
    """Of several requests with one link at the same moment, one is let in, and no more."""
    ask_for_link(alice, shop)
    token, browsers = token_of(link_for(lab, alice)), tabs(lab, alice, many)
    at_once(lab, "links", *(lambda at=each: use_token(at, shop, token) for each in browsers))
    opened = sum(is_logged_in(each, shop, as_=alice) for each in browsers)

    assert opened <= 1, f"Of {many} requests with one link at the same moment, {opened} were let in."


@promise(
    points=1,
    after=test_it_works_once,
    asvs="6.5.1",
    cwe=367,
    hints=[
        "One request is held after it has looked; another one comes and goes. What does the first know of it?",
        "What you have read may have changed by the time you write. What tells you whether *you* removed the row?",
    ],
)
@pytest.mark.parametrize("held", LATER_LOOKS)
def test_nor_while_another_is_under_way(lab, shop, alice, held, two_processes):
    """A request that was held after it had looked is not let in when another one used the link meanwhile."""
    ask_for_link(alice, shop)
    token, (slow, quick) = token_of(link_for(lab, alice)), tabs(lab, alice, 2)
    with under_way(lab, lambda: use_token(slow, shop, token), table="links", look=LATER_LOOKS[held]):
        use_token(quick, shop, token)
    opened = sum(is_logged_in(each, shop, as_=alice) for each in (slow, quick))

    assert opened <= 1, f"Of two requests with one link, one of them {held}, {opened} were let in."


@promise(
    points=2,
    after=test_the_link_lets_alice_in,
    asvs="6.5.5",
    cwe=613,
    hints=[
        "The row says when its time is over. Who looks at that?",
        "Compare whole moments: parts of a time come round again.",
    ],
)
@pytest.mark.parametrize("later", TOO_LATE.values(), ids=TOO_LATE)
def test_after_its_time_it_is_refused(lab, shop, alice, later):
    """A link whose time is over lets nobody in, however long it is over."""
    ask_for_link(alice, shop)
    lab.clock.advance(seconds=later.total_seconds())
    follow(alice, link_for(lab, alice))

    assert not is_logged_in(alice, shop), f"A link holds for 0:10:00; {later} after she asked, it let somebody in."
