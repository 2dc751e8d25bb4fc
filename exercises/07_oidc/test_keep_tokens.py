"""Keep a provider's tokens away from the browser.

What `keep_tokens` promises about the session's cookie and its row: called by itself, and seen in a strict browser.
"""

import base64
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from labsrv.grading import Answer, promise
from labsrv.kit.fingerprints import fingerprint
from labsrv.labs.oidc.attacks import know_the_session_from_the_club, read_the_token_by_script
from labsrv.labs.oidc.people import is_logged_in, log_in, log_out

PLACE = 9
DECIDES = ("keep_tokens",)

SID = "__Host-sid"
MANY, BITS, LONGEST = 500, 128, 200
BATCH, MOST_TAPE = range(256), 2048  # bits
PART = 12  # characters: the chance to meet as many in something drawn is nil
READINGS = {
    "as it is": lambda text: text,
    "backwards": lambda text: text[::-1],
    "as base64": lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("latin-1"),
    "as hexadecimal": lambda text: bytes.fromhex(text).decode("latin-1"),
}


def read(text, reading):
    """Read a text in one way, or not at all."""
    try:
        return READINGS[reading](text)
    except ValueError:
        return ""


def a_login(draw, size=40, **more):
    """Return a login as the shop describes it, with tokens of that many characters; all of it is drawn."""
    tokens = {name: f"{draw.getrandbits(4 * size):0{size}x}" for name in ("access_token", "id_token", "refresh_token")}
    return {
        "account": draw.word(),
        "provider": draw.word(),
        "iss": f"https://{draw.word()}.example",
        "sub": draw.word(),
        "sid": draw.word(),
        "proved_at": None,
        "tokens": tokens | {"token_type": "Bearer", "expires_in": draw.randint(60, 900)},
    } | more


def moment(draw):
    """Return some moment of this year."""
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=draw.randint(0, 30_000_000))


def texts(value):
    """Return every text in a value, however deep."""
    if isinstance(value, dict):
        return [each for part in value.values() for each in texts(part)]
    if isinstance(value, list | tuple):
        return [each for part in value for each in texts(part)]
    if isinstance(value, bytes):
        return [value.decode("latin-1")]
    return [value] if isinstance(value, str) else []


def parts(text):
    """Return every run of a dozen characters."""
    return {text[at : at + PART] for at in range(len(text) - PART + 1)}


def kept(answer):
    """Return rows and cookies of what the decision returned several times."""
    assert isinstance(answer, Answer), f"`keep_tokens` failed: {answer}"
    for each in answer.value:
        pair = isinstance(each, list | tuple) and len(each) == 2 and all(isinstance(half, dict) for half in each)
        assert pair, "`keep_tokens` returns a row and the arguments of `set_cookie`: it was something else."
        assert isinstance(each[1].get("value"), str) and each[1]["value"], "The cookie has no value that is a text."
    return [tuple(each) for each in answer.value]


def values(answer):
    """Return the cookies' values of what the decision returned several times."""
    return [cookie["value"] for _, cookie in kept(answer)]


def bits_of(drawn):
    """Return how many bits could tell these texts apart: for each place, how many characters were seen there."""
    longest = max(map(len, drawn))
    places = zip(*(each.ljust(longest, "~") for each in drawn), strict=True)
    return sum(math.log2(len(set(each))) for each in places)


def bits_used(decision, seed, login, now):
    """Return how many bits of what the system's generator gives make a difference in a value, up to what is asked for.

    None where a value is another one each time all the same.
    """
    used = 0
    for begin in range(0, MOST_TAPE, len(BATCH)):
        answer = decision.by_tape("keep_tokens", seed, [-1, -1, *(begin + bit for bit in BATCH)], login, now)
        assert isinstance(answer, Answer), f"`keep_tokens` failed: {answer}"
        made, taken = answer.value
        same, again, *others = values(Answer(made))
        if not taken or same != again:
            return 8 * taken or None
        used += sum(each != same for each in others)
        if used >= BITS or begin + len(BATCH) >= 8 * taken:
            return used
    return used


@promise()
def test_alice_logs_in_and_out(shop, alice):
    """Alice comes back from her provider and is in her account at once, until she logs out; and then once more."""
    for _ in range(2):
        page = log_in(alice, shop)
        greeted = page.url == shop.account and page.sees(f"Hello, {alice.person.name.title()}.")
        assert greeted, "Alice comes back from her provider, and her account does not greet her."
        assert is_logged_in(alice, shop), "Alice logged in, and is not in her account at the next click."
        log_out(alice, shop)
        assert not is_logged_in(alice, shop), "Alice logged out, and is in her account."


@promise()
def test_the_row_has_it_all(decision, draw):
    """The row has what the login has, tokens included, and when the session began; its name is a fingerprint."""
    for more in ({}, {"sid": None}, {"proved_at": moment(draw)}):
        login, now = a_login(draw, **more), moment(draw)
        ((row, cookie),) = kept(decision.often("keep_tokens", 1, login, now))
        for name, value in login.items():
            assert row.get(name) == value, f"The login has `{name}`, and the row has not, or has another one."
        assert row.get("began_at") == now, "The row does not say when the session began."
        assert row.get("_id") == fingerprint(cookie["value"]), (
            "The row's `_id` is no fingerprint of the cookie's value."
        )


@promise(
    points=2,
    after=test_alice_logs_in_and_out,
    asvs="10.1.1",
    cwe=522,
    hints=[
        "Who needs the access token: the page's script, or the shop? RFC 10017, 6.1, says where it stays then.",
        "Whatever is encrypted or packed is there all the same. What does the shop need, to find its row?",
    ],
)
def test_the_cookie_says_nothing(lab, decision, draw):
    """No part of the login is in the cookie, in whatever form: neither tokens, nor names, nor what the provider calls
    the session.
    """
    attack = read_the_token_by_script(lab)
    assert not attack.succeeded, f"A script on the shop's page looks for tokens: {attack.story}"

    for size in (40, 4_000):
        login = a_login(draw, size, sid=draw.choice([None, draw.word()]))
        ((_, cookie),) = kept(decision.often("keep_tokens", 1, login, moment(draw)))
        secrets = {part for each in texts(login) for part in parts(each)}
        for reading in READINGS:
            seen = {part for each in texts(cookie) for part in parts(read(each, reading))}
            assert not secrets & seen, f"In the cookie, read {reading}, there is a part of the login."
        assert len(cookie["value"]) <= LONGEST, (
            f"With tokens of {size} characters the cookie's value has {len(cookie['value'])}: it is no mere number."
        )


@promise(
    points=2,
    after=test_alice_logs_in_and_out,
    asvs="7.2.3",
    cwe=340,
    hints=[
        "Mallory's tea club is told the provider's `sid` too. Who may know the shop's number of a session?",
        "Which generator of the standard library is meant for secrets, and how many bytes are 128 bits?",
        "A hash of little is as easy to guess as that little.",
    ],
)
def test_the_number_is_drawn(lab, decision, draw):
    """At least 128 bits of the cookie's value are drawn at random, whatever it is made of besides."""
    attack = know_the_session_from_the_club(lab)
    assert not attack.succeeded, f"Mallory's club knows what the provider calls the session: {attack.story}"

    login, now = a_login(draw), moment(draw)
    drawn = values(decision.often("keep_tokens", MANY, login, now))
    assert len(set(drawn)) == MANY, "Two sessions have one number."
    bits = bits_of(drawn)
    assert bits >= BITS, f"What differs between {MANY} numbers amounts to {bits:.0f} bits."
    used = bits_used(decision, draw.randbytes(8), login, now)
    assert used is None or used >= BITS, f"A number is made of {used} random bits: that is how many there are to guess."


@promise(
    points=1,
    after=test_alice_logs_in_and_out,
    asvs="7.2.4",
    cwe=338,
    hints=[
        "Alice logs in twice, and her provider says the same of her both times. What is new?",
        "When is the number drawn: at the login, or when the file is imported?",
        "What does `random` start from, in a shop that starts at a known moment, or in two copies of one process?",
    ],
)
def test_each_login_has_its_own(lab, shop, alice, mallory, decision, restart_shop, draw):
    """The same login twice has two numbers, in one process of the shop, in copies of it, and after a restart; and the
    number from before opens nothing any more.
    """
    login, now = a_login(draw), moment(draw)
    first, second = values(decision.often("keep_tokens", 2, login, now))
    assert first != second, "Somebody logged in twice, and the number is the same."

    log_in(alice, shop)
    note = alice.jar.get(SID)
    log_in(alice, shop)
    log_in(mallory, shop)
    mallory.jar.put(replace(mallory.jar.get(SID), value=note.value))
    assert not is_logged_in(mallory, shop, as_=alice), (
        "Alice logged in anew, and the number from before opens it still."
    )

    at = lab.clock.time()
    one, other = (set(values(restart_shop(at=at).often("keep_tokens", 20, login, now))) for _ in range(2))
    assert not one & other, "A shop that started at the same moment drew the same numbers."

    # A copy sends back what JSON can say, and that is no moment. Whoever reckons with it can't be asked here.
    answer = decision.in_copies("keep_tokens", 20, login, now.isoformat())
    drawn = [value for copy in answer.value for value in values(Answer(copy))] if isinstance(answer, Answer) else []
    assert len(set(drawn)) == len(drawn), "Two processes that a server forked after the import draw the same numbers."


@promise(
    points=1,
    after=test_alice_logs_in_and_out,
    asvs="7.2.2",
    cwe=312,
    hints=[
        "Somebody finds a backup of the table. What could they put into a cookie?",
        "The row's name is a fingerprint for a reason. Where else in the row is what it was made of?",
    ],
)
def test_the_row_opens_nothing(decision, draw):
    """The cookie's value, or a part of it, stands nowhere in the row."""
    for row, cookie in kept(decision.often("keep_tokens", 3, a_login(draw), moment(draw))):
        for reading in READINGS:
            seen = {part for each in texts(row) for part in parts(read(each, reading))}
            assert not parts(cookie["value"]) & seen, (
                f"In the row, read {reading}, there is a part of the cookie's value."
            )


@promise(
    points=1,
    after=test_alice_logs_in_and_out,
    asvs="3.3.4",
    cwe=1004,
    hints=[
        "Which attribute keeps a cookie from script, and which one from forms on other sites? RFC 6265bis, 4.1.2.",
        "Strict keeps people out who come back from their provider. What is left?",
    ],
)
def test_neither_script_nor_other_sites_use_it(shop, alice):
    """Script on the shop's pages does not see the cookie, and forms on other sites do not bring it."""
    log_in(alice, shop)
    cookie = alice.jar.get(SID)
    assert cookie, "Alice logged in, and has no session's cookie."
    alice.navigate(shop.account)
    assert cookie.value not in alice.script_cookies(), "Script on the page reads the session's cookie."
    assert str(cookie.same_site).lower() in ("lax", "strict"), "A form on another site brings the session's cookie."
