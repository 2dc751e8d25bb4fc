"""Count guesses where they cannot be hidden.

What `source_of` and `may_try` promise, by those who guess. Two guesses at the same moment meet in the store, so that
the race comes out the same in every run.
"""

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once
from labsrv.labs.passwords.gate import DEVICE
from labsrv.labs.passwords.moves import write_by_hand
from labsrv.labs.passwords.people import is_logged_in, log_in, log_out

PLACE = 7
DECIDES = ("source_of", "may_try")
PER_ACCOUNT, PER_SOURCE = 10, 20
LOOPBACK = "127.0.0.1"

# Where somebody may write who they would like to be; {} is an address.
HEADERS = {
    "X-Forwarded-For": ("{}", "{0}, {0}", "198.51.100.7, {}", "{}, 127.0.0.1"),
    "Forwarded": ("for={}",),
    "X-Real-IP": ("{}",),
    "X-Client-IP": ("{}",),
    "X-Cluster-Client-IP": ("{}",),
    "X-Originating-IP": ("{}",),
    "X-Remote-IP": ("{}",),
    "X-Remote-Addr": ("{}",),
    "Remote-Addr": ("{}",),
    "CF-Connecting-IP": ("{}",),
    "True-Client-IP": ("{}",),
    "Fastly-Client-IP": ("{}",),
    "X-Forwarded": ("{}",),
    "X-Forwarded-Host": ("{}",),
    "X-Forwarded-Server": ("{}",),
    "X-Forwarded-Proto": ("https",),
    "X-Forwarded-Port": ("8443",),
    "X-Forwarded-Prefix": ("/{}",),
    "X-Request-ID": ("{}",),
    "X-Requested-With": ("{}",),
    "Via": ("1.1 {}",),
    "From": ("somebody@{}",),
    "User-Agent": ("Browser/{}",),
    "Accept-Language": ("en;q=0.7",),
    "Referer": ("http://{}/",),
    "Origin": ("http://{}",),
    "Authorization": ("Basic {}",),
    "Date": ("Mon, 01 Jan 2024 00:00:00 GMT",),
    "Cookie": ("__Host-sid={}", f"{DEVICE}={{}}", "source={}"),
}


def try_one(browser, shop, name, password, headers=(), **more):
    """Send one guess, from a browser that shows no device unless a header does; return the status of the answer."""
    fields = {"name": name, "password": password} | more
    return write_by_hand(browser, shop.check_login, fields, headers).status


def at(browser, address):
    """Put a browser at another address."""
    browser.address = browser.network.address = address
    return browser


def bots(lab):
    """Yield browsers, each at an address of its own."""
    for number in range(1, 200):
        yield lab.browser(f"bot-{number}")


def guess_from_everywhere(lab, shop, name, draw, times):
    """Send wrong guesses at one account, each from another address; return the statuses."""
    return [try_one(bot, shop, name, draw.password()) for bot, _ in zip(bots(lab), range(times), strict=False)]


def spray(browser, shop, draw, times):
    """Send wrong guesses at many accounts from one address; return the statuses."""
    return [try_one(browser, shop, draw.word(), draw.password()) for _ in range(times)]


def known(browser, shop):
    """Log in and out once more, and return the header that shows the device that was known from then on."""
    log_in(browser, shop)
    log_out(browser, shop)
    sent = {each.cookie.name: each.cookie.value for each in browser.jar.cookies_for(shop.url)}
    assert DEVICE in sent, "Somebody logged in, and their device is not known."
    return [("Cookie", f"{DEVICE}={sent[DEVICE]}")]


@promise()
def test_alice_may_mistype(shop, alice, draw):
    """Alice mistypes five times, and then gets in."""
    for _ in range(5):
        log_in(alice, shop, password=draw.password())
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice mistyped five times, and is no longer let in."


@promise()
def test_a_quarter_of_an_hour_later_all_is_forgotten(lab, shop, alice, mallory, draw):
    """A quarter of an hour after somebody guessed at her account, Alice gets in on a new device, though they went on
    until a minute ago.
    """
    for _ in range(PER_ACCOUNT + 2):
        try_one(mallory, shop, alice.person.name, draw.password())
    lab.clock.advance(minutes=14)
    try_one(mallory, shop, alice.person.name, draw.password())
    lab.clock.advance(seconds=61)
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "A quarter of an hour later Alice still is not let in."


@promise()
def test_others_are_not_concerned(lab, shop, alice, bob, carol, mallory, draw):
    """While somebody guesses at Alice's account, or from one address at everybody's, Bob and Carol get in elsewhere."""
    guess_from_everywhere(lab, shop, alice.person.name, draw, PER_ACCOUNT + 2)
    at(mallory, "192.0.2.66")
    spray(mallory, shop, draw, PER_SOURCE + 2)
    # Neighbours of hers: at most one part of their address is another one.
    for browser, address in ((bob, "192.0.2.67"), (carol, "198.51.100.66")):
        log_in(at(browser, address), shop)
        assert is_logged_in(browser, shop), "Somebody guesses from another address, and the others are not let in."


@promise(
    points=2,
    after=test_alice_may_mistype,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Mallory tries one password on each of a hundred accounts. What number of yours goes up more than once?",
        "Whom do you count besides the account? `source` is a parameter too.",
        'labsrv/kit/attempts.py counts by a kind and a name: there is the kind "source" beside "account".',
    ],
)
def test_one_source_gets_twenty_attempts(lab, shop, mallory, draw):
    """From one source twenty attempts pass, on whatever accounts; more are answered 429, and nothing is hashed."""
    answers = spray(mallory, shop, draw, PER_SOURCE + 5)
    assert answers[:PER_SOURCE] == [401] * PER_SOURCE, "Fewer than twenty attempts from one source passed."
    assert answers[PER_SOURCE:] == [429] * 5, "One password can be tried on every account."

    before = lab.hasher.calls
    spray(mallory, shop, draw, 1)
    assert lab.hasher.calls == before, "A password was hashed for an attempt that was refused."


@promise(
    points=1,
    after=test_one_source_gets_twenty_attempts,
    asvs="6.3.1",
    cwe=348,
    hints=[
        "Who writes the header `X-Forwarded-For`, if there is no proxy?",
        "What does Flask's request know of the connection itself?",
        "Would another browser at the same address be another source to you?",
    ],
)
@pytest.mark.parametrize("here", [None, LOOPBACK], ids=["from her address", "from the shop's own machine"])
def test_a_header_is_no_source(shop, alice, mallory, draw, here):
    """Whoever writes other things into headers, cookies and forms is the same source."""
    at(mallory, here or mallory.address)
    spray(mallory, shop, draw, PER_SOURCE)
    for header, values in HEADERS.items():
        for value in values:
            written = [(header, value.format(alice.address))]
            answer = try_one(mallory, shop, draw.word(), draw.password(), written)
            assert answer == 429, f"Mallory wrote another {header}, was answered {answer}, and is another source."
    for field in ("source", "address", "ip"):
        answer = try_one(mallory, shop, draw.word(), draw.password(), **{field: alice.address})
        assert answer == 429, f"Mallory added a field {field!r} to the form, and is another source."


@promise(
    points=2,
    after=test_one_source_gets_twenty_attempts,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Mallory has a thousand machines. How often can she try Alice's account with one guess from each?",
        "Two limits, and both must hold.",
    ],
)
def test_one_account_gets_ten_attempts(lab, shop, alice, draw):
    """At one account ten attempts pass in a quarter of an hour, from wherever; the next one is answered 429, even with
    the right password.
    """
    name = alice.person.name
    answers = guess_from_everywhere(lab, shop, name, draw, PER_ACCOUNT + 3)
    assert answers[:PER_ACCOUNT] == [401] * PER_ACCOUNT, "Fewer than ten attempts at one account passed."
    assert answers[PER_ACCOUNT:] == [429] * 3, "From many addresses an account can be guessed at for ever."

    right = try_one(lab.browser("one more"), shop, name, alice.person.password)
    assert right == 429, "Behind the limit the right password still opens the account: the limit is none."
    lab.clock.advance(minutes=14, seconds=30)
    assert try_one(lab.browser("late"), shop, name, draw.password()) == 429, "The quarter of an hour ends too soon."


@promise(
    points=2,
    after=test_alice_may_mistype,
    asvs="6.3.1",
    cwe=367,
    hints=[
        "One attempt is left, and two come at the same moment. What does each of them read?",
        "Which operation of `attempts` counts and tells in one?",
        "Count first, ask afterwards: for the account, for the source and for the device.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
@pytest.mark.parametrize("lane", ["account", "source", "device"])
def test_two_at_once_are_two(lab, shop, alice, mallory, draw, two_processes, lane):
    """Two guesses at the same moment, when one is left for this account, source or device, are two: no more than one
    of them passes.
    """
    pair, names, headers = [lab.browser("one"), lab.browser("other")], [alice.person.name] * 2, []
    if lane == "account":
        guess_from_everywhere(lab, shop, alice.person.name, draw, PER_ACCOUNT - 1)
    elif lane == "source":
        pair, names = [mallory, mallory], [draw.word(), draw.word()]
        spray(mallory, shop, draw, PER_SOURCE - 1)
    else:
        headers = known(alice, shop)
        for _ in range(PER_ACCOUNT - 1):
            try_one(alice, shop, alice.person.name, draw.password(), headers)
    wrong = draw.password()
    guesses = zip(pair, names, strict=True)
    answers = sorted(
        at_once(
            lab, "attempts", *(lambda each=each: try_one(each[0], shop, each[1], wrong, headers) for each in guesses)
        )
    )

    assert answers in ([401, 429], [429, 429]), (
        f"One attempt was left for this {lane}. Two came at the same moment, each to a process of the shop of its own, "
        f"and were answered {answers}; no more than one may be let through to be compared (401)."
    )


@promise(
    points=2,
    after=test_alice_may_mistype,
    asvs="6.1.1",
    cwe=645,
    hints=[
        "Mallory guesses badly and often. Who cannot log in then?",
        "What tells Alice's laptop from Mallory's machine? `device` is a parameter too.",
        "Mallory may sit in the same café. Whose attempts are counted by the address?",
        "A device cookie marks a browser of the owner's. Its attempts are counted by the device, and nowhere else.",
    ],
)
def test_alices_own_laptop_is_let_in(lab, shop, alice, mallory, draw):
    """While others guess at Alice's account, and at everybody's from her own address, she gets in on the laptop on
    which she was before.
    """
    log_in(alice, shop)
    log_out(alice, shop)
    guess_from_everywhere(lab, shop, alice.person.name, draw, 2 * PER_ACCOUNT + 2)
    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Mallory guesses, and Alice is kept out on her own laptop."

    log_out(alice, shop)
    spray(at(mallory, alice.address), shop, draw, PER_SOURCE + 2)
    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Mallory guesses from Alice's address, and Alice is kept out on her own laptop."


@promise(
    points=1,
    after=test_alices_own_laptop_is_let_in,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Mallory sits down at Alice's laptop. How often may she guess there?",
        "A known device has a number of its own, and a limit.",
        "Two devices are known. Do they share a number, or does one of them share it with the account?",
    ],
)
def test_a_known_device_has_its_limit(lab, shop, alice, bob, draw):
    """On a known device ten attempts pass, too, and ten more after a good login; they are counted neither with other
    devices, nor with the account, nor with the source.
    """
    name, phone = alice.person.name, lab.browser("phone")
    phone.person = alice.person
    laptop, other, bobs = known(alice, shop), known(phone, shop), known(bob, shop)
    for _ in range(2):
        answers = [try_one(alice, shop, name, draw.password(), laptop) for _ in range(PER_ACCOUNT - 1)]
        answers.append(try_one(alice, shop, name, alice.person.password, laptop))
        assert answers == [401] * (PER_ACCOUNT - 1) + [303], (
            "Nine times somebody mistyped on a known device, between good logins, and is not let in the tenth time."
        )
    answers = [try_one(alice, shop, name, draw.password(), laptop) for _ in range(PER_ACCOUNT + 3)]
    assert answers == [401] * PER_ACCOUNT + [429] * 3, "On a known device one can guess for ever, or too seldom."

    answer = try_one(phone, shop, name, draw.password(), other)
    assert answer == 401, "Somebody guessed on one device of Alice's, and another one is shut as well."
    answer = try_one(bob, shop, bob.person.name, draw.password(), bobs)
    assert answer == 401, "Somebody guessed on a device of Alice's, and Bob's is shut as well."
    answers = guess_from_everywhere(lab, shop, name, draw, PER_ACCOUNT)
    assert answers == [401] * PER_ACCOUNT, "What is tried on a known device is counted with the account as well."
    assert spray(alice, shop, draw, PER_SOURCE) == [401] * PER_SOURCE, (
        "What is tried on a known device is counted with its source as well."
    )
