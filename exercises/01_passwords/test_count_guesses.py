"""Count guesses where they cannot be hidden.

What `source_of` and `may_try` promise, by those who guess. Two guesses at the same moment meet in the store, so that
the race comes out the same in every run.
"""

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once
from labsrv.labs.passwords.people import is_logged_in, log_in, log_out

PLACE = 7
DECIDES = ("source_of", "may_try")
PER_ACCOUNT, PER_SOURCE = 10, 20


def status(browser, shop, name, password):
    """Send one guess, and return the status of the answer."""
    return log_in(browser, shop, name=name, password=password).exchanges[0].status


def bots(lab):
    """Yield browsers, each at an address of its own."""
    for number in range(1, 200):
        yield lab.browser(f"bot-{number}")


def guess_from_everywhere(lab, shop, name, draw, times):
    """Send wrong guesses at one account, each from another address; return the statuses."""
    return [status(bot, shop, name, draw.password()) for bot, _ in zip(bots(lab), range(times), strict=False)]


@promise()
def test_alice_may_mistype(shop, alice, draw):
    """Alice mistypes five times, and then gets in."""
    for _ in range(5):
        log_in(alice, shop, password=draw.password())
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice mistyped five times, and is no longer let in."


@promise()
def test_a_quarter_of_an_hour_later_all_is_forgotten(lab, shop, alice, mallory, draw):
    """A quarter of an hour after somebody guessed at her account, Alice gets in on a new device."""
    for _ in range(PER_ACCOUNT + 2):
        status(mallory, shop, alice.person.name, draw.password())
    lab.clock.advance(minutes=16)
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "A quarter of an hour later Alice still is not let in."


@promise()
def test_others_are_not_concerned(lab, shop, alice, bob, draw):
    """While somebody guesses at Alice's account, Bob gets in."""
    guess_from_everywhere(lab, shop, alice.person.name, draw, PER_ACCOUNT + 2)
    log_in(bob, shop)

    assert is_logged_in(bob, shop), "Somebody guesses at Alice's account, and Bob is not let in."


@promise(
    points=2,
    after=test_alice_may_mistype,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Mallory tries one password on each of a hundred accounts. What number of yours goes up more than once?",
        "Whom do you count besides the account? `source` is a parameter too.",
        "Read what labsrv/kit/attempts.py counts by.",
    ],
)
def test_one_source_gets_twenty_attempts(lab, shop, mallory, draw):
    """From one source twenty attempts pass, on whatever accounts; more are answered 429, and nothing is hashed."""
    answers = [status(mallory, shop, draw.word(), draw.password()) for _ in range(PER_SOURCE + 5)]
    assert answers[:PER_SOURCE] == [401] * PER_SOURCE, "Fewer than twenty attempts from one source passed."
    assert answers[PER_SOURCE:] == [429] * 5, "One password can be tried on every account."

    before = lab.hasher.calls
    status(mallory, shop, draw.word(), draw.password())
    assert lab.hasher.calls == before, "A password was hashed for an attempt that was refused."


@promise(
    points=1,
    after=test_one_source_gets_twenty_attempts,
    asvs="6.3.1",
    cwe=348,
    hints=[
        "Who writes the header `X-Forwarded-For`, if there is no proxy?",
        "What does Flask's request know of the connection itself?",
    ],
)
def test_a_header_is_no_source(shop, mallory, draw):
    """Whoever writes other addresses into headers is the same source."""
    mallory.navigate(shop.login)
    urls = []
    for number in range(PER_SOURCE + 5):
        address = f"203.0.113.{number}"
        headers = {"X-Forwarded-For": f"{address}, {address}", "X-Real-IP": address, "Forwarded": f"for={address}"}
        body = {"name": draw.word(), "password": draw.password()}
        urls.append(mallory.fetch(shop.check_login, method="POST", body=body, headers=headers).exchange.status)

    assert urls[PER_SOURCE:] == [429] * 5, "Mallory wrote another address into a header, and was another source."


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
    """At one account ten attempts pass, from wherever; the next one is answered 429, even with the right password."""
    answers = guess_from_everywhere(lab, shop, alice.person.name, draw, PER_ACCOUNT + 3)
    assert answers[:PER_ACCOUNT] == [401] * PER_ACCOUNT, "Fewer than ten attempts at one account passed."
    assert answers[PER_ACCOUNT:] == [429] * 3, "From many addresses an account can be guessed at for ever."

    right = status(lab.browser("one more"), shop, alice.person.name, alice.person.password)
    assert right == 429, "Behind the limit the right password still opens the account: the limit is none."


@promise(
    points=2,
    after=test_alice_may_mistype,
    asvs="6.3.1",
    cwe=367,
    hints=[
        "One attempt is left, and two come at the same moment. What does each of them read?",
        "Which operation of `attempts` counts and tells in one?",
        "Count first, ask afterwards.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
def test_two_at_once_are_two(lab, shop, alice, draw, two_processes):
    """Two guesses at the same moment, when one is left, are two: one of them is answered 429."""
    name = alice.person.name
    guess_from_everywhere(lab, shop, name, draw, PER_ACCOUNT - 1)
    answers = []
    pair = [lab.browser("one"), lab.browser("other")]
    wrong = draw.password()
    at_once(lab, "attempts", *(lambda at=each: answers.append(status(at, shop, name, wrong)) for each in pair))

    assert sorted(answers) == [401, 429], (
        f"One attempt was left, and the two that came were answered {sorted(answers)}."
    )


@promise(
    points=2,
    after=test_alice_may_mistype,
    asvs="6.1.1",
    cwe=645,
    hints=[
        "Mallory guesses badly and often. Who cannot log in then?",
        "What tells Alice's laptop from Mallory's machine? `device` is a parameter too.",
        "Read about device cookies: OWASP, Slow Down Online Guessing Attacks with Device Cookies.",
    ],
)
def test_alices_own_laptop_is_let_in(lab, shop, alice, draw):
    """While others guess at Alice's account, she gets in on the laptop on which she was before."""
    log_in(alice, shop)
    log_out(alice, shop)
    guess_from_everywhere(lab, shop, alice.person.name, draw, 3 * PER_ACCOUNT)
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Mallory guesses, and Alice is kept out on her own laptop."


@promise(
    points=1,
    after=test_alices_own_laptop_is_let_in,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Mallory sits down at Alice's laptop. How often may she guess there?",
        "A known device has a number of its own, and a limit.",
    ],
)
def test_a_known_device_has_its_limit(shop, alice, draw):
    """On a known device ten attempts pass, too."""
    log_in(alice, shop)
    log_out(alice, shop)
    answers = [status(alice, shop, alice.person.name, draw.password()) for _ in range(PER_ACCOUNT + 3)]

    assert answers == [401] * PER_ACCOUNT + [429] * 3, "On a known device one can guess for ever, or too seldom."
