"""Ask on every way in.

What `needs_second_step` and `known_device` promise: by all who come some other way than through the front door.
"""

from dataclasses import replace
from itertools import product

from labsrv.grading import Answer, promise
from labsrv.labs.two_factor.people import (
    ask_by_mail,
    first_step,
    fresh_code,
    in_account,
    is_logged_in,
    log_in,
    log_out,
    second_step,
)
from labsrv.labs.two_factor.shop import DEVICE

PLACE = 7
DECIDES = ("needs_second_step", "known_device")


def must_ask(page, shop, how):
    """Check that a visitor stands before the second step."""
    assert page.url == shop.second, f"{how}: nobody was asked for a code. Mallory is on {page.url}."


def ask_for_token(browser, shop, person, **more):
    """Ask for a token as the app does, and return the answer."""
    browser.navigate(shop.url)
    body = {"name": person.name, "password": person.password} | more
    return browser.fetch(shop.api_token, method="POST", body=body).exchange


def remember(lab, shop, browser):
    """Make both steps in a browser that the shop is to remember, and leave."""
    page = log_in(browser, shop, remember=True)
    assert in_account(page, shop, browser.person.name), "Both steps were made, and nobody is let in."
    assert browser.jar.get(DEVICE, shop.url), "The shop was to remember this device, and gave it no cookie."
    log_out(browser, shop)


@promise()
def test_alice_comes_on_every_way(lab, shop, alice):
    """Alice logs in with a link and her code, and chooses a new password and types her code."""
    for purpose, fields in (("link", {}), ("reset", {"new": alice.person.password})):
        page = alice.submit(ask_by_mail(alice, shop, purpose), **fields)
        page = second_step(alice, shop, fresh_code(alice, shop)) if page.url == shop.second else page
        assert in_account(page, shop, alice.person.name), f"Alice came with her link ({purpose}), and is not let in."
        log_out(alice, shop)


@promise()
def test_the_app_gets_its_token(shop, alice):
    """The app, given name, password and code, gets a token and sees the orders."""
    answer = ask_for_token(alice, shop, alice.person, code=fresh_code(alice, shop))
    assert answer.status == 200, f"The app sent name, password and code, and got {answer.status}."


@promise()
def test_bob_is_never_asked(shop, bob):
    """Bob, who has no app, comes by his password and by a link, and is never asked for a code."""
    log_in(bob, shop)
    assert is_logged_in(bob, shop), "Bob has no app, and is asked for a code."
    log_out(bob, shop)
    assert in_account(bob.submit(ask_by_mail(bob, shop, "link")), shop, bob.person.name), "Bob's link does not open."


@promise()
def test_alices_own_laptops_are_known(lab, shop, alice):
    """On her own two laptops, which the shop was to remember, Alice is let in by her password for thirty days."""
    second = lab.browser("second laptop")
    second.person = alice.person
    for each in (alice, second):
        remember(lab, shop, each)
    for each, which in ((alice, "first"), (second, "second"), (alice, "first")):
        page = first_step(each, shop)
        assert in_account(page, shop, alice.person.name), (
            f"Alice has two laptops, and is asked for a code on the {which}."
        )
        log_out(each, shop)

    for days in (0, 7, 7, 7, 8.99):
        log_out(alice, shop)
        lab.clock.advance(days=days)
        page = first_step(alice, shop)
        assert in_account(page, shop, alice.person.name), (
            "The shop was to remember Alice's laptop for thirty days, and asks for a code before they are over."
        )


@promise(
    points=1,
    after=test_alice_comes_on_every_way,
    asvs="6.3.4",
    cwe=288,
    hints=[
        "Have a link sent to Alice, and open it as Mallory. Where do you arrive?",
        "What does a link prove, and what did Alice set up an app for?",
    ],
)
def test_a_link_is_one_step(shop, alice, mallory):
    """A link from Alice's mailbox is the first step, and a code is asked for."""
    page = mallory.submit(ask_by_mail(mallory, shop, "link", as_=alice))
    must_ask(page, shop, "By a link")
    assert not is_logged_in(mallory, shop, as_=alice), "Without a code Mallory sees Alice's account."


@promise(
    points=1,
    after=test_alice_comes_on_every_way,
    asvs="6.4.3",
    cwe=640,
    hints=[
        "Who can choose a new password for Alice: she, or whoever reads her mail?",
        "ASVS 6.4.3: a forgotten password is no way around the second factor.",
    ],
)
def test_a_new_password_is_one_step(shop, alice, mallory, draw):
    """Whoever has chosen a new password is asked for a code."""
    page = mallory.submit(ask_by_mail(mallory, shop, "reset", as_=alice), new=draw.password())
    must_ask(page, shop, "By a new password")


@promise(
    points=1,
    after=test_the_app_gets_its_token,
    asvs="6.3.4",
    cwe=288,
    hints=[
        "Ask for a token with name and password, as the app does. What do you get?",
        "The ways are named in the docstring of your function.",
    ],
)
def test_the_apps_door_asks_as_well(shop, alice, mallory):
    """The app's door gives no token for name and password alone."""
    answer = ask_for_token(mallory, shop, alice.person)
    assert answer.status == 401, f"Name and password were answered with {answer.status} at the app's door."


@promise(
    points=1,
    after=test_a_link_is_one_step,
    asvs="6.3.4",
    cwe=288,
    hints=[
        "Somebody adds a way in tomorrow. What does your function say of it?",
        "Name what is spared, and ask on all the rest.",
    ],
)
def test_a_way_added_tomorrow_asks_too(decision, draw):
    """A way that somebody adds tomorrow asks for a code, on a known device as well."""
    alike = ["Password", "PASSWORD", "password ", "passwords", "password_reset", "new_password", "pass", "word", ""]
    for way, known in product(["link", "reset", "api", draw.word(), *alike], (False, True)):
        answer = decision.needs_second_step(way, known)
        assert answer == Answer(True), f"The way is {way!r}, device known: {known}. Your function says {answer}."
    answer = decision.needs_second_step("password", False)
    assert answer == Answer(True), f"By password, on a device that is not known. Your function says {answer}."


@promise(
    points=1,
    after=test_a_link_is_one_step,
    asvs="6.3.4",
    cwe=288,
    hints=[
        "Alice's laptop is known, and her mail program is open on it. What does somebody need who sits down there?",
        "A known device stands for what one has. What should come along with it?",
    ],
)
def test_a_known_device_spares_after_the_password_only(lab, shop, alice, draw):
    """On a known device a link alone does not open the account, nor does a new password that a link was for."""
    remember(lab, shop, alice)
    must_ask(alice.submit(ask_by_mail(alice, shop, "link")), shop, "By a link, on a known device")
    new = alice.submit(ask_by_mail(alice, shop, "reset"), new=draw.password())
    must_ask(new, shop, "By a new password, on a known device")


@promise(
    points=2,
    after=test_alices_own_laptops_are_known,
    asvs="6.3.4",
    cwe=565,
    hints=[
        "Who writes a cookie? Whoever has the browser.",
        "The shop drew a secret and kept its fingerprint. Where do you look for it?",
    ],
)
def test_an_invented_device_is_not_known(lab, shop, alice, mallory, draw):
    """A cookie that Mallory invented makes no known device, nor does one that she read in the stolen table."""
    log_in(alice, shop, remember=True)
    like = alice.jar.get(DEVICE, shop.url)
    stolen = lab.db.devices.find_one({"user": alice.person.name})["_id"]
    for value in (
        draw.word(),
        "true",
        "1",
        alice.person.name,
        stolen,
        like.value[:-1],
        f"{like.value}0",
        like.value[::-1],
    ):
        mallory.jar.put(replace(like, value=value))
        must_ask(first_step(mallory, shop, as_=alice), shop, f"With the cookie {value!r}")


@promise(
    points=1,
    after=test_an_invented_device_is_not_known,
    asvs="6.3.4",
    cwe=565,
    hints=[
        "Mallory has an account, and a laptop that the shop remembers. For whom?",
        "Which fields has a row in `devices`? Which of them do you ask for?",
    ],
)
def test_mallorys_device_is_known_for_mallory(lab, shop, alice, mallory):
    """Mallory's own device is not known when she types Alice's password, whether Alice has one that is or not."""
    remember(lab, shop, mallory)
    must_ask(first_step(mallory, shop, as_=alice), shop, "On a device that is known for somebody else")
    remember(lab, shop, alice)
    must_ask(first_step(mallory, shop, as_=alice), shop, "On a device that is known for somebody else")


@promise(
    points=1,
    after=test_an_invented_device_is_not_known,
    asvs="6.3.4",
    cwe=613,
    hints=[
        "A browser forgets its cookie after thirty days. Must it?",
        "Look at the field `until`, and at the parameter `now`.",
    ],
)
def test_after_thirty_days_it_is_forgotten(lab, shop, alice, mallory):
    """After thirty days a device is no longer known, however often it was used, though the cookie is still there."""
    remember(lab, shop, alice)
    cookie = replace(alice.jar.get(DEVICE, shop.url), expires=None)
    mallory.jar.put(cookie)
    for days in (10, 10, 9):
        lab.clock.advance(days=days)
        page = first_step(mallory, shop, as_=alice)
        assert in_account(page, shop, alice.person.name), "The thirty days are not over, and a code is asked for."
        log_out(mallory, shop)
    # Another device of hers begins its own thirty days.
    another = lab.browser("another laptop")
    another.person = alice.person
    remember(lab, shop, another)
    lab.clock.advance(days=1, minutes=1)
    must_ask(first_step(mallory, shop, as_=alice), shop, "With a cookie that is thirty days and a minute old")
