"""Keep tokens where no script has them.

What `keep_tokens` promises: of many logins, by the system's generator, in a stolen table, and by what script reads.
"""

import base64
import binascii
import hashlib
import math
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from labsrv.grading import Answer, promise
from labsrv.labs.oidc.attacks import know_the_session_from_the_club, read_the_token_by_script
from labsrv.labs.oidc.people import account_of, is_logged_in, link, log_in, log_out, show_again

PLACE = 9
DECIDES = ("keep_tokens",)

MANY = 1000
BITS = 128  # ASVS 7.2.3
BATCH, MOST_TAPE = range(256), 2048  # bits
RUN = 8  # characters: nobody meets them in another text by chance

# What somebody who finds a cookie's value, or a row, would try.
READINGS = {
    "as it is": lambda text: text,
    "backwards": lambda text: text[::-1],
    "without %": unquote,
    "as base64": lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("latin-1"),
    "as hexadecimal": lambda text: bytes.fromhex(text).decode("latin-1"),
    "as base32": lambda text: base64.b32decode(text.upper() + "=" * (-len(text) % 8)).decode("latin-1"),
}


def read(text, reading):
    """Read a text in one way, or not at all."""
    try:
        return READINGS[reading](text)
    except (ValueError, binascii.Error):
        return ""


def a_login(draw, **changes):
    """Return what a login comes to."""
    account, sub, sid, *tokens = (draw.word() for _ in range(6))
    return {
        "account": account,
        "provider": draw.choice(["idp", "social", "mallory"]),
        "iss": f"http://{draw.word()}.localhost",
        "sub": sub,
        "sid": sid,
        "proved_at": None,
        "tokens": dict(zip(("access_token", "id_token", "refresh_token"), tokens, strict=True)) | {"expires_in": 600},
    } | changes


def logins(draw):
    """Return, by name, logins of all kinds."""
    proved = datetime(2026, 5, 1, 11, 58, 30, tzinfo=UTC)
    long = {"access_token": draw.word() * 40, "id_token": f"{draw.word() * 30}.{draw.word()}", "token_type": "Bearer"}
    return {
        "like others": a_login(draw),
        "without a sid": a_login(draw, sid=None),
        "after which somebody has shown who they are": a_login(draw, proved_at=proved),
        "with long tokens": a_login(draw, tokens=long),
        "with one token": a_login(draw, tokens={"access_token": draw.word()}),
    }


def kept(value):
    """Return row and cookie, as far as they are some."""
    assert isinstance(value, list | tuple) and len(value) == 2, f"`keep_tokens` returned {value!r:.80}: no two things."
    row, cookie = value
    assert isinstance(row, dict) and isinstance(row.get("_id"), str), "The session's row has no text for its `_id`."
    assert isinstance(cookie, dict) and isinstance(cookie.get("value"), str) and cookie["value"], (
        "The arguments of `set_cookie` have no text for the `value`."
    )
    return row, cookie


def keep(decision, login, now):
    """Return row and cookie of one login."""
    answer = decision.keep_tokens(login, now)
    assert isinstance(answer, Answer), f"`keep_tokens` failed: {answer}"
    return kept(answer.value)


def values(decision, login, now, many=MANY):
    """Return the cookies' values of many logins that are alike."""
    answer = decision.often("keep_tokens", many, login, now)
    assert isinstance(answer, Answer), f"`keep_tokens` failed: {answer}"
    return [kept(each)[1]["value"] for each in answer.value]


def by_tape(decision, login, now, seed, flips=(-1, -1)):
    """Return the values that come of what the system's generator gives, and how many bytes it gave."""
    answer = decision.by_tape("keep_tokens", seed, list(flips), login, now)
    assert isinstance(answer, Answer), f"`keep_tokens` failed: {answer}"
    made, taken = answer.value
    return [kept(each)[1]["value"] for each in made], taken


def bits_of(texts):
    """Return how many bits could tell these texts apart: for each place, how many characters were seen there."""
    longest = max(map(len, texts))
    columns = zip(*(each.ljust(longest, "~") for each in texts), strict=True)
    return sum(math.log2(len(set(column))) for column in columns)


def bits_used(decision, login, now, seed):
    """Return how many bits of what the system's generator gives make a difference in a value, up to what is asked for.

    None where it is not asked, and a value is another one each time all the same.
    """
    used = 0
    for begin in range(0, MOST_TAPE, len(BATCH)):
        flips = [-1, -1, *(begin + bit for bit in BATCH)]
        (same, again, *others), taken = by_tape(decision, login, now, seed, flips)
        if same != again:
            return 8 * taken or None
        used += sum(each != same for each in others)
        if used >= BITS or begin + len(BATCH) >= 8 * taken:
            break
    return used


def texts_in(thing):
    """Return every text in a row, names as well, however deep."""
    if isinstance(thing, dict):
        return [text for pair in thing.items() for each in pair for text in texts_in(each)]
    if isinstance(thing, list):
        return [text for each in thing for text in texts_in(each)]
    return [
        thing if isinstance(thing, str) else bytes(thing).decode("latin-1") if isinstance(thing, bytes) else str(thing)
    ]


def parts(text):
    """Return every stretch of that length in a text, in small letters."""
    small = text.lower()
    return {small[at : at + RUN] for at in range(len(small) - RUN + 1)}


def parts_read(text, reading):
    """Return every stretch of a text that is read in one way, the whole of it and what stands between two dots."""
    return set().union(*(parts(read(each, reading)) for each in {text, *re.split("[.:~|]", text)}))


def cookie_of(browser):
    """Return the cookie of somebody's session."""
    cookie = browser.jar.get("__Host-sid")
    assert cookie, f"{browser.name} logged in, and the browser has no cookie of the name __Host-sid."
    return cookie


@promise()
def test_alice_comes_back_and_is_logged_in(lab, shop, alice):
    """Alice comes back from a provider, and sees her account: the first time, and the next time, and on her phone."""
    phone = lab.browser("phone")
    phone.person = alice.person
    for at in ("idp", "social", "idp"):
        for device in (alice, phone):
            page = log_in(device, shop, at)
            assert page.url == shop.account and page.status == 200, (
                f"{device.name} comes back from the provider, and reads {page.url}, answered {page.status}. "
                + " ".join(f"The cookie: {each.reason}." for hop in page.exchanges for each in hop.cookies_set[:1])
            )
    log_out(phone, shop)
    assert not account_of(phone, shop), "Alice logged out on her phone, and is still logged in there."
    assert is_logged_in(alice, shop), "Alice logged out on her phone, and her other device is logged out as well."


@promise()
def test_alice_adds_a_way_in(shop, alice):
    """Alice shows once more who she is, and adds Fakebook: her session has not forgotten what it knew."""
    log_in(alice, shop)
    show_again(alice, shop)
    page = link(alice, shop, "social")
    assert page.url == shop.account and page.sees("Fakebook, as"), "Alice showed who she is, and can't add a way in."


@promise()
def test_the_row_has_all_that_there_is(decision, draw):
    """A session's row has all of its login as it is, when it began, and the fingerprint of the cookie's value."""
    for moment in (datetime(2026, 5, 1, 12, tzinfo=UTC), datetime(2031, 12, 31, 23, 59, 59, 250_000, tzinfo=UTC)):
        for what, login in logins(draw).items():
            row, cookie = keep(decision, login, moment)
            for name, value in login.items():
                assert name in row and row[name] == value, f"Of a login {what}, the row does not have `{name}`."
            assert row.get("began_at") == moment, (
                f"A session began at {moment}, and its row says {row.get('began_at')}."
            )
            wanted = hashlib.sha256(cookie["value"].encode()).hexdigest()
            assert row["_id"] == wanted, "The `_id` of the row is not the fingerprint of the cookie's value."


@promise(
    points=2,
    after=test_alice_comes_back_and_is_logged_in,
    asvs="10.1.1",
    cwe=522,
    hints=[
        "Log in, and look at Alice's cookies: which part of them does a provider take for her word?",
        "Play `attacks.read_the_token_by_script(lab)`.",
        "Which parts of `login` does the browser need to be recognised?",
    ],
)
def test_the_browser_gets_no_token(lab, decision, alice, draw):
    """No token and nothing else of a login is in the cookie, however one reads it, and it is as long for long ones."""
    read_out = read_the_token_by_script(lab)
    assert not read_out.succeeded, f"Mallory has a line of script on a page of the shop: {read_out.story}"

    now, lengths = lab.clock.now(), set()
    for what, login in logins(draw).items():
        _, cookie = keep(decision, login, now)
        lengths.add(len(cookie["value"]) // RUN)
        known = {part for text in texts_in(login) for part in parts(text)}
        for key, value in cookie.items():
            for reading in READINGS:
                found = parts_read(str(value), reading) & known
                assert not found, (
                    f"After a login {what}, the cookie's `{key}`, read {reading}, has a part of what the shop was told."
                )
    assert max(lengths) - min(lengths) <= 1, "The cookie is longer where tokens are: what is in it?"


@promise(
    points=1,
    after=test_alice_comes_back_and_is_logged_in,
    asvs="3.3.4",
    cwe=1004,
    hints=[
        "`lab.alice.script_cookies()` is what `document.cookie` shows on the current page.",
        "Which attribute keeps a cookie from script? RFC 6265bis, 4.1.2.6.",
    ],
)
def test_script_can_not_read_the_cookie(shop, alice):
    """Script on the shop's pages does not see the cookie."""
    log_in(alice, shop)
    for page in (shop.account, shop.url, shop.profile):
        alice.navigate(page, from_=shop.url)
        seen = alice.script_cookies()
        assert cookie_of(alice).value not in seen, f"Script on {page} reads the session's cookie."


@promise(
    points=1,
    after=test_alice_comes_back_and_is_logged_in,
    asvs="3.3.2",
    cwe=1275,
    hints=[
        "Look at the cookie in `show.cookies(lab.alice)`. What does it say of forms on other sites?",
        "What does a browser assume where nothing is said, and for how long does it make an exception?",
    ],
)
def test_no_form_from_elsewhere_takes_it_along(lab, shop, alice):
    """A form on Mallory's page goes to the shop without the cookie, right after the login as well as later."""
    log_in(alice, shop)
    assert cookie_of(alice).same_site in ("Lax", "Strict"), (
        f"Its SameSite is {cookie_of(alice).same_site}: forms from elsewhere have it, for two minutes at least."
    )


@promise(
    points=2,
    after=test_the_row_has_all_that_there_is,
    asvs="7.2.4",
    cwe=340,
    hints=[
        "Play `attacks.know_the_session_from_the_club(lab)`: what does the club know, and from whom?",
        "The provider's `sid` is the same at Alice's next login. And your number?",
        "Of what would you have to know nothing to know nothing of the number?",
    ],
)
def test_it_is_drawn_for_each_login(lab, decision, draw, restart_shop):
    """The number is another one at each login, and nobody works it out who knows everything about the login."""
    known = know_the_session_from_the_club(lab)
    assert not known.succeeded, f"Alice joined Mallory's club with the same provider: {known.story}"

    now, seed = lab.clock.now(), draw.randbytes(8)
    for what, login in logins(draw).items():
        drawn = values(decision, login, now, 50)
        assert len(set(drawn)) == len(drawn), f"Of two logins {what}, both at one moment, came the same number."

    # Time stands still: where the generator gives the same again, nothing else makes a difference.
    still = restart_shop(at=lab.clock.time())
    for one, other in zip(logins(draw).values(), logins(draw).values(), strict=True):
        (same, again), _ = by_tape(still, one, now, seed)
        (elsewhere, _), _ = by_tape(still, other, now, seed)
        (later, _), _ = by_tape(still, one, now + timedelta(days=1), seed)
        assert same != again or same == elsewhere == later, (
            "The number is made of what was drawn, and of the login or the time besides."
        )


@promise(
    points=2,
    after=test_the_row_has_all_that_there_is,
    asvs="7.2.3",
    cwe=338,
    hints=[
        "Log in twice, and compare the two numbers. How much of them could be different?",
        "Python has generators that are fit for dice and one that is fit for secrets. How many bytes are 128 bits?",
        "What does your number start from in a shop that was restarted a moment ago?",
    ],
)
def test_nobody_guesses_it(lab, decision, draw, restart_shop):
    """The number has 128 random bits or more, in a shop that was just started as well, and in each of its processes."""
    login, now = a_login(draw), lab.clock.now()
    bits = bits_of(values(decision, login, now))
    assert bits >= BITS, f"What differs between {MANY} numbers amounts to {bits:.0f} bits."
    used = bits_used(restart_shop(at=lab.clock.time()), login, now, draw.randbytes(8))
    assert used is None or used >= BITS, f"A number is made of {used} random bits: so many there are to guess."

    # A copy says what JSON can carry, and a moment is nothing of the kind: whoever reckons with it is asked below.
    answer = decision.in_copies("keep_tokens", 50, login, now.isoformat())
    copies = answer.value if isinstance(answer, Answer) else []
    drawn = {kept(each)[1]["value"] for copy in copies for each in copy}
    assert len(drawn) == 50 * len(copies), "Two processes that a server forked after the import draw the same numbers."
    one, other = (values(restart_shop(at=lab.clock.time()), login, now, 50) for _ in range(2))
    assert not set(one) & set(other), "A shop that started alike, at the same time, drew the same numbers."


@promise(
    points=2,
    after=test_it_is_drawn_for_each_login,
    asvs="7.2.2",
    cwe=312,
    hints=[
        "Look at `show.rows(lab.db.sessions)` as somebody who found a backup. What would you put into a cookie?",
        "By what does the shop find the row? What else of the number does the row need?",
    ],
)
def test_the_stolen_table_opens_nothing(lab, shop, decision, alice, draw):
    """No part of the number stands in the row, however one reads it."""
    log_in(alice, shop)
    found = [(cookie_of(alice).value, lab.db.dump())]
    for login in logins(draw).values():
        row, cookie = keep(decision, login, lab.clock.now())
        found.append((cookie["value"], row))
    for value, stolen in found:
        number = set().union(*(parts_read(value, reading) for reading in READINGS))
        for text in texts_in(stolen):
            for reading in READINGS:
                assert not parts_read(text, reading) & number, (
                    f"Mallory reads the shop's tables, {reading}, and has a part of a cookie's value."
                )
