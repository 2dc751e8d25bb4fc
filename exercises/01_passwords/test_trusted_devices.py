"""Trust what you gave out, and forgive no more than was earned.

What `known_device` and `forgive` promise, by those who guess and by those who log in.
"""

import base64
from hashlib import sha256

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import under_way
from labsrv.labs.passwords.moves import write_by_hand
from labsrv.labs.passwords.people import is_logged_in, log_in, log_out

PLACE = 8
DECIDES = ("known_device", "forgive")
PER_ACCOUNT, PER_SOURCE = 10, 20
DEVICE = "__Host-device"

# What is nearly the cookie that Alice's laptop has.
NEARLY = {
    "in other letters": str.swapcase,
    "in small letters": str.lower,
    "without its last character": lambda cookie: cookie[:-1],
    "without its first character": lambda cookie: cookie[1:],
    "with another last character": lambda cookie: cookie[:-1] + ("A" if cookie[-1] != "A" else "B"),
    "with one character more": lambda cookie: f"{cookie}x",
    "twice": lambda cookie: cookie * 2,
}


def try_one(browser, shop, name, password, cookie=None):
    """Send one guess, and this device cookie if there is one; return the status of the answer."""
    headers = [] if cookie is None else [("Cookie", f"{DEVICE}={cookie}")]
    return write_by_hand(browser, shop.check_login, {"name": name, "password": password}, headers).status


def guess_from_everywhere(lab, shop, name, draw, times=PER_ACCOUNT):
    """Send wrong guesses at one account, each from another address; return the statuses."""
    return [try_one(lab.browser(f"bot-{number}"), shop, name, draw.password()) for number in range(times)]


def spray(browser, shop, draw, times):
    """Send wrong guesses at many accounts from one address; return the statuses."""
    return [try_one(browser, shop, draw.word(), draw.password()) for _ in range(times)]


def own_login(browser, shop, cookie=None):
    """Let somebody log in as themselves, on a new device or on the one with this cookie."""
    answer = try_one(browser, shop, browser.person.name, browser.person.password, cookie)
    assert answer == 303, f"Somebody logged in with their own password, and was answered {answer}."


def device_cookie(browser, shop):
    """Return the device cookie that a browser got when somebody logged in, or fail."""
    log_in(browser, shop)
    log_out(browser, shop)
    found = [each.cookie.value for each in browser.jar.cookies_for(shop.url) if each.cookie.name == DEVICE]
    assert found, "Somebody logged in on a new device, and got no cookie for it."
    return found[0]


def made_up(draw):
    """Return cookies that the shop never gave out, by what they are like."""
    return {
        "a word": draw.word() * 3,
        "a fingerprint": f"{draw.getrandbits(256):064x}",
        "one of the right length": base64.urlsafe_b64encode(draw.randbytes(32)).decode().rstrip("="),
        "an empty one": "",
        "one in Latin-1": f"ü{draw.word()}é",
        "a long one": draw.word() * 50,
    }


@promise()
def test_alices_own_laptop_is_let_in(lab, shop, alice, draw):
    """While others guess at Alice's account, she gets in on every device on which she was before, again and again."""
    phone = lab.browser("phone")
    phone.person = alice.person
    for browser in (alice, phone):
        device_cookie(browser, shop)
    guess_from_everywhere(lab, shop, alice.person.name, draw, PER_ACCOUNT + 3)
    for browser in (alice, phone, alice):
        log_out(browser, shop)
        log_in(browser, shop)
        assert is_logged_in(browser, shop), "Alice is kept out on a device of her own."


@promise()
def test_a_good_login_begins_anew(shop, alice, draw):
    """Alice mistypes six times and gets in, again and again, on a device that is new and on one that is known."""
    for number in range(4):
        log_out(alice, shop)
        for _ in range(6):
            log_in(alice, shop, password=draw.password())
        log_in(alice, shop)
        device = "a new device" if number < 2 else "a known device"
        assert is_logged_in(alice, shop), f"Alice mistyped six times on {device}, and is no longer let in."
        if number < 2:
            alice.jar.clear()
            if number:
                device_cookie(alice, shop)


@promise()
def test_an_office_shares_an_address(lab, shop, browser, alice, bob, carol):
    """From one address many people log in on new devices, more than twenty times in a quarter of an hour."""
    people = [each.person for each in (alice, bob, carol)]
    for number in range(PER_SOURCE + 4):
        person = people[number % 3]
        answer = try_one(browser, shop, person.name, person.password)
        assert answer == 303, "Many people logged in from one address, and one of them is not let in."


@promise(
    points=2,
    after=test_alices_own_laptop_is_let_in,
    asvs="6.3.1",
    cwe=565,
    hints=[
        "Write a cookie of your own into a browser, and guess. Write another one, and guess again.",
        "Who can tell a cookie that the shop gave out from one that it did not?",
        "A cookie that was given out has a row in `devices`. Its `_id` is the hash of the cookie, not the cookie.",
    ],
)
@pytest.mark.parametrize("owned", [False, True], ids=["before Alice has a device", "after Alice has one"])
def test_a_made_up_cookie_is_no_device(lab, shop, alice, mallory, draw, owned):
    """When ten guesses at Alice's account have passed, a made-up cookie for each guess wins no more of them, nor does
    one that the shop no longer knows.
    """
    name = alice.person.name
    cookie = device_cookie(alice, shop) if owned else None
    answers = guess_from_everywhere(lab, shop, name, draw)
    assert answers == [401] * PER_ACCOUNT, "Fewer than ten attempts at one account passed."
    for what, written in made_up(draw).items():
        for _ in range(2):
            answer = try_one(mallory, shop, name, draw.password(), written)
            assert answer == 429, f"A cookie that the shop never gave out, {what}, was answered {answer}."
    if cookie:
        own_login(alice, shop, cookie)
        lab.db.devices.delete_many({"user": name})
        answer = try_one(alice, shop, name, draw.password(), cookie)
        assert answer == 429, "A device was taken off the table, and its cookie is still known."


@promise(
    points=1,
    after=test_a_made_up_cookie_is_no_device,
    asvs="6.3.1",
    cwe=312,
    hints=[
        "Mallory has a copy of the table `devices`. What if she shows what stands there?",
        "What is in the row: the cookie, or something made from it?",
        "Is it all of the cookie, as it is, that the row is compared with?",
    ],
)
def test_what_the_table_says_is_no_cookie(lab, shop, alice, mallory, draw):
    """What the table of devices says is no cookie, and neither is what is nearly one: nobody gets a lane by it."""
    name, cookie = alice.person.name, device_cookie(alice, shop)
    row = lab.db.devices.find_one({"user": name})["_id"]
    guess_from_everywhere(lab, shop, name, draw)
    for shown in (row, row.upper(), name):
        answer = try_one(mallory, shop, name, draw.password(), shown)
        assert answer == 429, "Whoever has read the table of devices is known by it."
    for how, change in NEARLY.items():
        answer = try_one(mallory, shop, name, draw.password(), change(cookie))
        assert answer == 429, f"Alice's cookie {how} is taken for hers."
    other = draw.word()
    there = sha256(other.encode()).hexdigest()
    nearly = (there[:-1] + ("0" if there[-1] != "0" else "1"), ("0" if there[0] != "0" else "1") + there[1:])
    lab.db.devices.insert_many({"_id": each, "user": name} for each in (*nearly, there[:32], there.upper()))
    answer = try_one(mallory, shop, name, draw.password(), other)
    assert answer == 429, "Part of a fingerprint is taken for all of it."


@promise(
    points=2,
    after=test_a_made_up_cookie_is_no_device,
    asvs="6.3.1",
    cwe=639,
    hints=[
        "Mallory has a device cookie that the shop gave out: her own. What does it buy her at Alice's account?",
        "Two facts about a row must be right.",
        "Whose name is nearly Alice's?",
    ],
)
def test_mallorys_device_is_not_alices(lab, shop, alice, mallory, draw):
    """A device that is known for Mallory's account is not known for Alice's, nor is one of somebody who has nearly
    Alice's name.
    """
    name = alice.person.name
    cookie = device_cookie(mallory, shop)
    own_login(mallory, shop, cookie)
    guess_from_everywhere(lab, shop, name, draw)
    for _ in range(2):
        answer = try_one(mallory, shop, name, draw.password(), cookie)
        assert answer == 429, "Mallory's own device cookie buys her more guesses at Alice's account."
    own_login(mallory, shop, cookie)

    for other in (name.upper(), name.capitalize(), name[:-1], name[1:], f"{name}x", f"x{name}", f"{name} "):
        theirs = draw.word()
        lab.db.devices.insert_one({"_id": sha256(theirs.encode()).hexdigest(), "user": other})
        answer = try_one(mallory, shop, name, draw.password(), theirs)
        assert answer == 429, f"A device of somebody called {other!r} is known for {name!r}."


@promise(
    points=1,
    after=test_a_made_up_cookie_is_no_device,
    asvs="6.3.1",
    cwe=645,
    hints=[
        "Somebody guesses on Alice's laptop, at home. Does she still get in on her telephone?",
        "What do you return, and how many devices have the same?",
    ],
)
def test_each_device_is_counted_by_itself(lab, shop, alice, bob, draw):
    """When too many guesses came from one device, Alice's other ones are still let in, and so is Bob's."""
    name, phone = alice.person.name, lab.browser("phone")
    phone.person = alice.person
    laptop, other, bobs = (device_cookie(each, shop) for each in (alice, phone, bob))
    answers = [try_one(alice, shop, name, draw.password(), laptop) for _ in range(PER_ACCOUNT + 1)]
    assert answers == [401] * PER_ACCOUNT + [429], "On a known device not ten attempts pass, but more or fewer."
    for browser, cookie in ((phone, other), (bob, bobs)):
        answer = try_one(browser, shop, browser.person.name, draw.password(), cookie)
        assert answer == 401, "Somebody guessed on one device, and another known one is shut as well."


# How many attempts came before, and after which operation on the table the login is held: the gate takes four to count
# it, forgiving begins with the fifth. The others are held nowhere: what comes between would change what they are.
LOGINS = {"as the first": (0, 99), "after fifteen others": (15, 6), "as the twentieth": (19, 99)}


@promise(
    points=2,
    after=test_a_good_login_begins_anew,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Mallory tries one password on fifteen accounts, logs in as herself, and tries it on fifteen more.",
        "What did her own login cost, and how much does it give back? And what, if it was on a known device?",
        "Somebody else guesses while your function is at work. Is what they tried still there?",
        "Read `Attempts.take_back` in labsrv/kit/attempts.py.",
    ],
)
@pytest.mark.parametrize(("before", "look"), LOGINS.values(), ids=LOGINS)
def test_a_login_wipes_out_nothing_else(lab, shop, mallory, draw, before, look):
    """Twenty attempts pass from one source, and a good login of one's own among them wins no more; her account begins
    anew with it, and with ten attempts.
    """
    name, mistyped = mallory.person.name, 3 if before == 15 else 0
    answers = spray(mallory, shop, draw, before)
    answers += [try_one(mallory, shop, name, draw.password()) for _ in range(mistyped)]
    lab.clock.advance(minutes=14)
    with under_way(lab, lambda: try_one(mallory, shop, name, mallory.person.password), table="attempts", look=look):
        answers += spray(mallory, shop, draw, 1)
    answers += spray(mallory, shop, draw, PER_SOURCE - before - mistyped + 4)
    assert answers == [401] * PER_SOURCE + [429] * 5, (
        f"Mallory logged in as herself, and {answers.count(401)} attempts passed from her address, in place of twenty."
    )
    guessed = guess_from_everywhere(lab, shop, name, draw, PER_ACCOUNT + 1)
    assert guessed == [401] * PER_ACCOUNT + [429], "After a good login the account does not begin anew, with ten."

    if before:
        lab.clock.advance(seconds=61)
        assert spray(mallory, shop, draw, 5) == [401] * 5, "A good login made the quarter of an hour begin anew."


@promise(
    points=1,
    after=test_a_login_wipes_out_nothing_else,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "A known device is counted by itself. What has its login to do with the account's number, or the source's?",
        "Mallory logs in on her own known device between her guesses. What does that give her back?",
    ],
)
def test_a_known_device_forgives_itself_alone(lab, shop, alice, mallory, draw):
    """A good login on a known device takes back nothing of what was tried without one, at the account or from the
    source.
    """
    cookies = {each: device_cookie(each, shop) for each in (alice, mallory)}
    answers = []
    for _ in range(PER_SOURCE + 2):
        answers += spray(mallory, shop, draw, 1)
        own_login(mallory, shop, cookies[mallory])
    assert answers == [401] * PER_SOURCE + [429] * 2, (
        "Mallory logged in on her own known device between her guesses, and got more of them."
    )
    guess_from_everywhere(lab, shop, alice.person.name, draw)
    own_login(alice, shop, cookies[alice])
    answer = try_one(lab.browser("late"), shop, alice.person.name, draw.password())
    assert answer == 429, "Alice logged in on her known laptop, and everybody else may guess at her account again."
