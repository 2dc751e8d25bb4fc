"""Trust what you gave out, and forgive no more than was earned.

What `known_device` and `forgive` promise, by those who guess and by those who log in.
"""

import pytest

from labsrv.grading import promise
from labsrv.labs.passwords.people import is_logged_in, log_in, log_out

PLACE = 8
DECIDES = ("known_device", "forgive")
PER_ACCOUNT, PER_SOURCE = 10, 20
DEVICE = "__Host-device"


def status(browser, shop, name, password):
    """Send one guess, and return the status of the answer."""
    return log_in(browser, shop, name=name, password=password).exchanges[0].status


def show_device(browser, shop, cookie):
    """Let a browser show this device cookie."""
    browser.jar.receive(f"{DEVICE}={cookie}; Secure; Path=/", shop.url)


def device_cookie(browser, shop):
    """Return the device cookie that a browser got, or fail."""
    log_in(browser, shop)
    log_out(browser, shop)
    return next(each.cookie.value for each in browser.jar.cookies_for(shop.url) if each.cookie.name == DEVICE)


@promise()
def test_alices_own_laptop_is_let_in(lab, shop, alice, draw):
    """While others guess at Alice's account, she gets in on the laptop on which she was before, again and again."""
    device_cookie(alice, shop)
    for number in range(PER_ACCOUNT + 3):
        status(lab.browser(f"bot-{number}"), shop, alice.person.name, draw.password())
    for _ in range(3):
        log_out(alice, shop)
        log_in(alice, shop)
        assert is_logged_in(alice, shop), "Alice is kept out on her own laptop."


@promise()
def test_a_good_login_begins_anew(shop, alice, draw):
    """Alice mistypes six times and gets in; on another new device she mistypes six times and gets in again."""
    for _ in range(2):
        for _ in range(6):
            log_in(alice, shop, password=draw.password())
        log_in(alice, shop)
        assert is_logged_in(alice, shop), "Alice mistyped six times, and is no longer let in."
        alice.jar.clear()


@promise()
def test_an_office_shares_an_address(shop, browser, alice, bob, carol):
    """From one address many people log in on new devices, more than twenty times in a quarter of an hour."""
    people = [each.person for each in (alice, bob, carol)]
    for number in range(PER_SOURCE + 4):
        browser.jar.clear()
        person = people[number % 3]
        answer = status(browser, shop, person.name, person.password)
        assert answer == 303, "Many people logged in from one address, and one of them is not let in."


@promise(
    points=2,
    after=test_alices_own_laptop_is_let_in,
    asvs="6.3.1",
    cwe=565,
    hints=[
        "Write a cookie of your own into a browser, and guess. Write another one, and guess again.",
        "Who can tell a cookie that the shop gave out from one that it did not?",
        "Look at the rows of `devices` in the notebook, and at `hashlib`.",
    ],
)
@pytest.mark.parametrize("owned", [False, True], ids=["before Alice has a device", "after Alice has one"])
def test_a_made_up_cookie_is_no_device(lab, shop, alice, draw, owned):
    """When ten guesses at Alice's account have passed, a made-up cookie for each guess wins no more of them."""
    if owned:
        device_cookie(alice, shop)
    answers = []
    for number in range(PER_ACCOUNT + 5):
        bot = lab.browser(f"bot-{number}")
        if number >= PER_ACCOUNT:
            show_device(bot, shop, draw.word() * 3 if number % 2 else f"{draw.getrandbits(256):064x}")
        answers.append(status(bot, shop, alice.person.name, draw.password()))

    assert answers == [401] * PER_ACCOUNT + [429] * 5, "A cookie that the shop never gave out buys more guesses."


@promise(
    points=1,
    after=test_a_made_up_cookie_is_no_device,
    asvs="6.3.1",
    cwe=312,
    hints=[
        "Mallory has a copy of the table `devices`. What if she shows what stands there?",
        "What is in the row: the cookie, or something made from it?",
    ],
)
def test_what_the_table_says_is_no_cookie(lab, shop, alice, mallory, draw):
    """What the table of devices says is no cookie: whoever has read it gets no lane."""
    device_cookie(alice, shop)
    row = lab.db.devices.find_one({"user": alice.person.name})
    for number in range(PER_ACCOUNT):
        status(lab.browser(f"bot-{number}"), shop, alice.person.name, draw.password())
    show_device(mallory, shop, row["_id"])

    answer = status(mallory, shop, alice.person.name, draw.password())
    assert answer == 429, "Whoever has read the table of devices is known by it."


@promise(
    points=2,
    after=test_a_made_up_cookie_is_no_device,
    asvs="6.3.1",
    cwe=639,
    hints=[
        "Mallory has a device cookie that the shop gave out: her own. What does it buy her at Alice's account?",
        "Two facts about a row must be right.",
    ],
)
def test_mallorys_device_is_not_alices(lab, shop, alice, mallory, draw):
    """A device that is known for Mallory's account is not known for Alice's."""
    name = alice.person.name
    cookie = device_cookie(mallory, shop)
    for number in range(PER_ACCOUNT):
        status(lab.browser(f"bot-{number}"), shop, name, draw.password())
    show_device(mallory, shop, cookie)

    answer = status(mallory, shop, name, draw.password())
    assert answer == 429, "Mallory's own device cookie buys her more guesses at Alice's account."


@promise(
    points=2,
    after=test_a_good_login_begins_anew,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Mallory tries one password on fifteen accounts, logs in as herself, and tries it on fifteen more.",
        "What did her own login cost, and how much does it give back?",
        "Read `Attempts.take_back` in labsrv/kit/attempts.py.",
    ],
)
def test_a_login_wipes_out_nothing_else(shop, mallory, draw):
    """Twenty attempts pass from one source, and a good login of one's own among them wins no more."""
    own = mallory.person
    answers = [status(mallory, shop, draw.word(), draw.password()) for _ in range(15)]
    assert status(mallory, shop, own.name, own.password) == 303
    mallory.jar.clear()
    answers += [status(mallory, shop, draw.word(), draw.password()) for _ in range(10)]

    assert answers == [401] * PER_SOURCE + [429] * 5, "Mallory logged in as herself, and may try on."
