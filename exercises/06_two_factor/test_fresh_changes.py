"""Ask again before the lock is changed, and say that it was.

What `may_change` and `tell` promise: on a laptop that was left open, and in Alice's mailbox.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from labsrv.grading import promise
from labsrv.labs.two_factor.people import confirm, draw_codes, first_step, log_in, log_out, second_step, set_up_app

PLACE = 9
DECIDES = ("may_change", "tell")

# What somebody may change, and a word of what the owner reads about it.
CHANGES = {
    "an app is set up": (lambda alice, shop: set_up_app(alice, shop), "set up"),
    "the app is removed": (lambda alice, shop: alice.submit(shop.remove_app), "removed"),
    "recovery codes are drawn": (lambda alice, shop: draw_codes(alice, shop), "recovery codes"),
    "a recovery code is used": (lambda alice, shop: use_a_code(alice, shop), "code was used"),
}
ROUTES = {
    "set up an app": lambda alice, shop: alice.navigate(shop.new_app),
    "confirm an app": lambda alice, shop: alice.submit(shop.confirm_app, code="000000"),
    "remove the app": lambda alice, shop: alice.submit(shop.remove_app),
    "draw recovery codes": lambda alice, shop: alice.submit(shop.new_codes),
}
# How long ago somebody showed who they are, in seconds: on this side of the limit, and beyond it.
FRESH = {"a moment": 0, "five minutes less a second": 299}
STALE = {
    "five minutes and a second": 301,
    "five and a half minutes": 330,
    "six minutes less a second": 359,
    "half an hour": 1800,
    "an hour and a minute": 3660,
    "a day and a minute": 86_460,
    "a month": 30 * 86_400,
}


def stand_still(lab, restart_shop, who, seconds):
    """Have the shop's time stand still so many seconds after somebody showed who they are."""
    now = datetime.now(UTC).replace(microsecond=0)
    moved = {"proved_at": now - timedelta(seconds=seconds), "began_at": now - timedelta(seconds=seconds)}
    lab.db.visits.update_many({"user": who.person.name}, {"$set": moved})
    restart_shop(at=now.timestamp())


def use_a_code(alice, shop):
    """Draw a sheet, and log in with a code off it."""
    code = draw_codes(alice, shop)[0]
    log_out(alice, shop)
    first_step(alice, shop)
    second_step(alice, shop, code, kind="recovery")


def lock_of(lab, who):
    """Return all that somebody logs in with, as the tables have it."""
    name = who.person.name
    return [lab.db[table].find(wanted) for table, wanted in (("factors", {"_id": name}), ("recovery", {"user": name}))]


def said(letter):
    """Return all that a letter says, in small letters."""
    return f"{letter.subject} {letter.text} {letter.html or ''}".casefold()


def is_asked(page, shop):
    """Tell whether somebody stands before the page that asks for password and code."""
    return page.url == shop.confirm


def got(page):
    """Say where somebody has got to."""
    return f"is at {page.url}, answered {page.status}"


@promise()
def test_fresh_from_the_login_alice_removes_her_app(lab, alice, restart_shop):
    """Alice has made both steps up to five minutes ago, sees the QR code, and removes her app."""
    log_in(alice, lab.shop)
    for name, seconds in FRESH.items():
        stand_still(lab, restart_shop, alice, seconds)
        page = alice.navigate(lab.shop.new_app)
        assert page.url == lab.shop.new_app and page.status == 200, (
            f"Alice made both steps {name} ago, wants to set up an app, and is at {page.url}, answered {page.status}."
        )
    alice.submit(lab.shop.remove_app)
    assert not lock_of(lab, alice)[0], f"Alice made both steps {name} ago, and can't remove her app."


@promise()
def test_asked_again_alice_goes_on(lab, shop, alice):
    """An hour later Alice types password and code once more, and draws recovery codes."""
    log_in(alice, shop)
    lab.clock.advance(hours=1)
    confirm(alice, shop)
    assert len(draw_codes(alice, shop)) == 10, "Alice typed password and code once more, and can't draw codes."


@promise()
def test_bob_sets_up_his_first_app(lab, shop, bob):
    """Bob, who has no app yet, logs in with his password and sets one up."""
    log_in(bob, shop)
    set_up_app(bob, shop)
    assert lock_of(lab, bob)[0], "Bob has logged in a moment ago, and can't set up an app."


@promise(
    points=2,
    after=test_fresh_from_the_login_alice_removes_her_app,
    asvs="7.5.1",
    cwe=306,
    hints=[
        "Log in as Alice, move the clock by an hour, remove the app. Who asked you for anything?",
        "What does a visit know besides that both steps were made?",
        "Compare two moments: `now`, and one that the visit remembers.",
    ],
)
def test_later_the_shop_asks_again(lab, alice, bob, restart_shop):
    """More than five minutes after both steps the shop asks for password and code, and changes nothing."""
    for who in (alice, bob):
        log_in(who, lab.shop)
        before = lock_of(lab, who)
        for ago, seconds in STALE.items() if who is alice else [("half an hour", 1800)]:
            stand_still(lab, restart_shop, who, seconds)
            for change, act in ROUTES.items():
                page = act(who, lab.shop)
                assert lock_of(lab, who) == before, f"Somebody who logged in {ago} ago could {change}."
                assert is_asked(page, lab.shop), (
                    f"Somebody who logged in {ago} ago, and wants to {change}, is not asked but {got(page)}."
                )


@promise(
    points=1,
    after=test_later_the_shop_asks_again,
    asvs="7.5.1",
    cwe=306,
    hints=[
        "Being there is not the same as showing who one is. What moves your five minutes on?",
        "Alice changes something, and four minutes later somebody changes something else. When did she type a code?",
    ],
)
def test_one_change_does_not_open_the_next(lab, shop, alice):
    """Whoever has changed something is asked again all the same when five minutes are over."""
    log_in(alice, shop)
    for _ in range(2):
        lab.clock.advance(minutes=2)
        assert len(draw_codes(alice, shop)) == 10, "Alice logged in a few minutes ago, and can't draw codes."
    lab.clock.advance(minutes=2)
    assert is_asked(alice.submit(shop.remove_app), shop), "Alice drew codes, and that was proof enough for the next."


@promise(
    points=1,
    after=test_later_the_shop_asks_again,
    asvs="7.5.1",
    cwe=306,
    hints=[
        "On a known device the password was enough. How many steps has somebody shown who came that way?",
        "`proved_at` may be None. When?",
    ],
)
def test_a_known_device_has_shown_too_little(lab, shop, alice):
    """Whom the shop let in because it knew the device is asked at once."""
    log_in(alice, shop, remember=True)
    log_out(alice, shop)
    first_step(alice, shop)
    page = alice.submit(shop.remove_app)

    assert lock_of(lab, alice)[0], "A password on a known device was enough to remove the app."
    assert is_asked(page, shop), f"Alice came on a known device, and is not asked: she is answered with {page.status}."


@promise(
    points=2,
    after=test_bob_sets_up_his_first_app,
    asvs="6.3.7",
    cwe=778,
    hints=[
        "Remove Alice's app, and look into her mailbox: `lab.mail.inbox(lab.alice)`.",
        "What does `tell` get, and what does `mail.send` want?",
        "The letter should say what was changed: the sentence is there already.",
    ],
)
@pytest.mark.parametrize(("act", "words"), CHANGES.values(), ids=CHANGES)
def test_the_owner_gets_mail(lab, shop, alice, act, words):
    """After each change its owner, and nobody else, has a letter that says what was changed."""
    log_in(alice, shop)
    for _ in range(2):
        before = len(lab.mail.inbox(alice))
        act(alice, shop)
        letters = lab.mail.inbox(alice)[before:]
        assert letters, "Something was changed, and Alice has no mail about it."
        assert any(words in said(each) for each in letters), (
            f"The letter does not say what was changed: {said(letters[-1])!r}"
        )
        confirm(alice, shop)
    count = len(lab.mail.inbox(alice))
    assert len(lab.mail.boxes) == count, "Somebody else has mail about Alice's account."


@promise(
    points=1,
    after=test_the_owner_gets_mail,
    asvs="6.3.7",
    cwe=200,
    hints=[
        "Mallory writes letters that look like the shop's. What should people never learn to click?",
        "Is there anything in your letter that somebody else who reads it could use?",
    ],
)
def test_the_letter_opens_nothing(lab, shop, alice):
    """A letter about a change has no link in it, and none of the new codes."""
    log_in(alice, shop)
    codes = draw_codes(alice, shop)
    text = " ".join(said(each) for each in lab.mail.inbox(alice))
    assert text, "Recovery codes were drawn, and Alice has no mail about it."

    links = [each for each in ("://", "href", "www.", urlsplit(shop.origin).hostname) if each in text]
    assert not links, f"There is a link in the letter, or what mail programs make one of: {links[0]!r}."
    found = [code for code in codes if code in text or code.replace("-", "") in text]
    assert not found, f"There are {len(found)} recovery codes in the letter."
