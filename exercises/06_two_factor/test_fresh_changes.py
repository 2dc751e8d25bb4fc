"""Ask again before the lock is changed, and say that it was.

What `may_change` and `tell` promise: on a laptop that was left open, and in Alice's mailbox.
"""

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
# Minutes after both steps, and how the visit was used in between.
STALE = {"six minutes": 6, "half an hour": 30, "a day": 24 * 60}


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


def is_asked(page, shop):
    """Tell whether somebody stands before the page that asks for password and code."""
    return page.url == shop.confirm


@promise()
def test_fresh_from_the_login_alice_removes_her_app(lab, shop, alice):
    """Alice has made both steps four minutes ago, and removes her app."""
    log_in(alice, shop)
    lab.clock.advance(minutes=4)
    alice.submit(shop.remove_app)
    assert not lock_of(lab, alice)[0], "Alice logged in four minutes ago, and can't remove her app."


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
@pytest.mark.parametrize("act", ROUTES.values(), ids=ROUTES)
@pytest.mark.parametrize("minutes", STALE.values(), ids=STALE)
def test_later_the_shop_asks_again(lab, shop, alice, minutes, act):
    """More than five minutes after both steps the shop asks for password and code, and changes nothing."""
    log_in(alice, shop)
    lab.clock.advance(minutes=minutes)
    before = lock_of(lab, alice)
    page = act(alice, shop)

    assert lock_of(lab, alice) == before, f"{minutes} minutes after her login somebody changed Alice's lock."
    assert is_asked(page, shop), f"{minutes} minutes after her login nobody is asked again: the page is {page.url}."


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
    lab.clock.advance(minutes=4)
    draw_codes(alice, shop)
    lab.clock.advance(minutes=4)
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
    act(alice, shop)
    letters = lab.mail.inbox(alice)

    assert letters, "Something was changed, and Alice has no mail."
    assert words in letters[-1].text, f"Alice's letter does not say what was changed: {letters[-1].text!r}"
    others = [each for each in (lab.bob, lab.carol, lab.mallory) if lab.mail.inbox(each)]
    assert not others, "Somebody else has mail about Alice's account."


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
    letter = lab.mail.last(alice)

    assert not letter.links and "http" not in letter.raw.decode("latin-1"), "There is a link in the letter."
    assert not [code for code in codes if code in letter.text], "There are recovery codes in the letter."
