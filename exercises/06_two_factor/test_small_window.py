"""Look at the right clock, through a small window.

What `time_of` and `step_of` promise: with codes of many moments, and with codes that are none.
"""

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import product
from urllib.parse import quote, urlencode

import pytest

from labsrv.grading import promise
from labsrv.kit.factors import STEP_SECONDS, Factors
from labsrv.kit.html.forms import URLENCODED
from labsrv.labs.two_factor.people import first_step, in_account, second_step
from labsrv.labs.two_factor.shop import SESSION

PLACE = 3
DECIDES = ("time_of", "step_of")

# How many steps before or after the present one a code is from.
OFF = {
    "a minute old": -2,
    "a minute and a half old": -3,
    "two minutes old": -4,
    "ten minutes old": -20,
    "of the next step": 1,
    "of a minute later": 2,
    "of ten minutes later": 20,
}
# Seconds after the beginning of a step.
MOMENTS = {"at its beginning": 0.0, "in its middle": 15.0, "at its end": STEP_SECONDS - 0.001}


def in_digits_of(zero):
    """Return what writes a code in digits of another script."""
    return lambda code: "".join(chr(ord(each) - ord("0") + ord(zero)) for each in code)


def another(digit):
    """Return another digit."""
    return str((int(digit) + 1) % 10)


# What else `int` reads as the same number, or what a lenient shop makes of it.
SPELLINGS = {
    "a blank before it": lambda code: f" {code}",
    "a blank behind it": lambda code: f"{code} ",
    "a line end behind it": lambda code: f"{code}\n",
    "a blank in it": lambda code: f"{code[:3]} {code[3:]}",
    "a hyphen in it": lambda code: f"{code[:3]}-{code[3:]}",
    "an underscore in it": lambda code: f"{code[:3]}_{code[3:]}",
    "a plus": lambda code: f"+{code}",
    "a point behind it": lambda code: f"{code}.0",
    "one zero more": lambda code: f"0{code}",
    "one digit more": lambda code: f"{code}0",
    "a letter more": lambda code: f"{code}a",
    "twice": lambda code: code + code,
    "among others": lambda code: f"{another(code[0])}{code[1:]},{code}",
    "digits of full width": in_digits_of("０"),
    "digits of another script": in_digits_of("٠"),
    "its first digit": lambda code: code[0],
    "its first half": lambda code: code[:3],
    "its second half": lambda code: code[3:],
    "all but the last digit": lambda code: code[:-1],
    "all but the first digit": lambda code: code[1:],
    "another first digit": lambda code: another(code[0]) + code[1:],
    "another last digit": lambda code: code[:-1] + another(code[-1]),
    "backwards": lambda code: code[::-1],
    "its digits in order": lambda code: "".join(sorted(code)),
    "nothing": lambda code: "",
}

# Where a request may say what time it is, and how: every name at once, so that none has to be guessed.
NAMES = [
    "at",
    "time",
    "ts",
    "t",
    "now",
    "timestamp",
    "when",
    "date",
    "clock",
    "epoch",
    "client_time",
    "device_time",
    "phone_time",
]
SPANS = ("drift", "offset", "skew", "delta", "shift", "tz", "tzoffset")
HEADERS = ("Date", "X-Time", "X-Client-Time", "X-Timestamp", "X-Date", "X-Request-Time", "X-Request-Start")
CLOCKS = {
    "in seconds": lambda at: f"{at:.0f}",
    "in milliseconds": lambda at: f"{at * 1000:.0f}",
    "as ISO 8601 has it": lambda at: datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds"),
    "as mail has it": lambda at: format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True),
    "in steps": lambda at: f"{at // STEP_SECONDS:.0f}",
}
PLACES = ("form", "address", "header", "cookie")
# Steps by which a code is earlier or later, and by which the request says so: who believes a little, believes too much.
WRONG_BY = ((-3, -3), (-8, -8), (-120, -120), (4, 4), (120, 120), (-2, -1), (1, 1))


def app_of(lab, who):
    """Return the app that somebody has set up."""
    return Factors(lab.db.factors).active(who.person.name)


def begin_a_step(lab, after=1):
    """Move the clock to so many seconds after the beginning of a step; return its number."""
    lab.clock.advance(seconds=STEP_SECONDS - lab.clock.time() % STEP_SECONDS + after)
    return int(lab.clock.time()) // STEP_SECONDS


def opens(lab, shop, who, code):
    """Tell whether a code opens the account, after the password."""
    first_step(who, shop)
    return in_account(second_step(who, shop, code), shop, who.person.name)


def forget_all(lab, who):
    """Forget which codes were used, and how often somebody tried."""
    lab.db.steps.update_one({"_id": who.person.name}, {"$set": {"step": -1}})
    lab.db.attempts.delete_many({})


def refused(lab, page):
    """Tell whether a code was refused as wrong, and forget the try."""
    lab.db.attempts.delete_many({})
    return page.exchanges[0].status == 401


def tell_the_time(browser, shop, code, at, by, places):
    """Type a code, and say in these places of the request what time it is."""
    said = dict.fromkeys(NAMES, at) | dict.fromkeys(SPANS, str(by * STEP_SECONDS))
    fields = {"code": code, "kind": "app"} | (said if "form" in places else {})
    url = f"{shop.second}?{urlencode(said)}" if "address" in places else shop.second
    errand = browser.submission(url, "POST", list(fields.items()), URLENCODED, browser.source(None, url, own=True))
    errand.headers += [(name, at) for name in HEADERS] if "header" in places else []
    for name in said if "cookie" in places else ():
        browser.jar.put(replace(browser.jar.get(SESSION, shop.url), name=name, value=quote(said[name], safe=":+-")))
    page = browser.visit(errand)
    for name in said if "cookie" in places else ():
        browser.jar.remove(name)
    return page


def believes(lab, browser, who, code, at, by, place):
    """Tell whether the shop takes a code for what one place of the request says."""
    forget_all(lab, who)
    first_step(browser, lab.shop, as_=who)
    return not refused(lab, tell_the_time(browser, lab.shop, code, at, by, [place]))


def quiet_step(lab, who, *, zero):
    """Begin a step whose code, and the one before, no other step has; return its number. With `zero` it begins so."""
    app, step = app_of(lab, who), int(lab.clock.time()) // STEP_SECONDS + 1
    while True:
        now, before = app.code_at(step), app.code_at(step - 1)
        around = {app.code_at(step + each) for each in (*OFF.values(), *(by for by, _ in WRONG_BY))}
        # A code that reads backwards, or in order, as it does anyway would be right.
        plain = now in (now[::-1], "".join(sorted(now)))
        if not plain and now != before and not around & {now, before} and now.startswith("0") == zero:
            break
        step += 1

    lab.clock.advance(seconds=step * STEP_SECONDS + 1 - lab.clock.time())
    return step


@pytest.fixture
def quiet(lab, alice):
    """The number of a step whose code no other step has, with the clock one second into it."""
    return quiet_step(lab, alice, zero=False)


def starting_anew(lab, restart_shop, who, moments=MOMENTS):
    """Yield moments by name, each with the number of its step: the shop's time stands still there."""
    step = quiet_step(lab, who, zero=False)
    for name, after in moments.items():
        restart_shop(at=step * STEP_SECONDS + after)
        yield name, step


@promise()
def test_the_code_of_this_moment_opens(lab, alice, restart_shop):
    """The code that her phone shows opens Alice's account, at the beginning of its step and at the end."""
    for moment, step in starting_anew(lab, restart_shop, alice):
        forget_all(lab, alice)
        assert opens(lab, lab.shop, alice, app_of(lab, alice).code_at(step)), (
            f"{moment} a step's own code opens nothing."
        )


@promise()
def test_who_types_slowly_gets_in(lab, alice, restart_shop):
    """So does the code of the step before, for those who type slowly, until the step is over."""
    for moment, step in starting_anew(lab, restart_shop, alice):
        forget_all(lab, alice)
        code = app_of(lab, alice).code_at(step - 1)
        assert opens(lab, lab.shop, alice, code), (
            f"The code of the step before opens nothing {moment.replace('its', 'a')}."
        )


@promise(
    points=2,
    after=test_the_code_of_this_moment_opens,
    asvs="6.5.5",
    cwe=307,
    hints=[
        "How many codes are right at a time? Count the steps in your window.",
        "Whose clock may be slow: the shop's, or that of somebody who takes time to type?",
        "The rule (RFC 6238, 5.2): one step back at the most, for the delay on the way; here none ahead.",
    ],
)
def test_other_codes_do_not(lab, alice, restart_shop):
    """A code that is older, or of a later step, opens nothing, from the beginning of a step to its end."""
    app = app_of(lab, alice)
    for moment, step in starting_anew(lab, restart_shop, alice):
        first_step(alice, lab.shop)
        for age, off in OFF.items():
            page = second_step(alice, lab.shop, app.code_at(step + off))
            assert refused(lab, page), (
                f"{moment.capitalize()} a step takes a code {age}: it was answered with {page.exchanges[0].status}."
            )


@promise(
    points=2,
    after=test_other_codes_do_not,
    asvs="6.5.8",
    cwe=807,
    hints=[
        "Who writes the form that reaches the shop: its page, or whoever sends it?",
        "Which clock can Mallory not set?",
        "The rule (ASVS 6.5.8): the time comes from a clock that you trust: it is one of the two arguments.",
    ],
)
def test_nobody_tells_the_shop_the_time(lab, shop, alice, mallory, quiet):
    """A code of another moment opens nothing, whatever the request says about the time, and wherever it says so."""
    app = app_of(lab, alice)
    first_step(mallory, shop, as_=alice)
    for (by, told), (how, write) in product(WRONG_BY, CLOCKS.items()):
        code, at = app.code_at(quiet + by), write(lab.clock.time() + told * STEP_SECONDS)
        if not refused(lab, tell_the_time(mallory, shop, code, at, told, PLACES)):
            places = [each for each in PLACES if believes(lab, mallory, alice, code, at, told, each)]
            pytest.fail(
                f"A code {by} steps off was taken, for the {', '.join(places)} said {how} that it is {told} off."
            )


@promise(
    points=1,
    after=test_the_code_of_this_moment_opens,
    asvs="6.5.3",
    cwe=1287,
    hints=[
        "What does `int` make of `1_2`, of ` 12 `, of `１２`?",
        "A code is text, not a number. What may stand in it, and how much of it?",
        "`str.isascii` and `str.isdecimal` ask about all characters. `hmac.compare_digest` wants ASCII as well.",
    ],
)
def test_a_code_has_six_digits(lab, shop, alice):
    """What is not six ASCII digits is no code, and is refused like any other wrong one; a part of a code is none."""
    for zero in (False, True):
        code = app_of(lab, alice).code_at(quiet_step(lab, alice, zero=zero))
        first_step(alice, shop)
        for name, spell in SPELLINGS.items():
            page = second_step(alice, shop, spell(code))
            status = page.exchanges[0].status
            assert refused(lab, page), f"The code is {code}; {spell(code)!r} ({name}) was answered {status}, not 401."


@promise(
    points=1,
    after=test_other_codes_do_not,
    asvs="6.5.5",
    cwe=307,
    hints=[
        "The shop notes the step that you return. What does it note for somebody who types slowly?",
        "Two codes are right. Which step does each belong to?",
    ],
)
def test_the_step_is_the_codes_own(lab, shop, alice, quiet):
    """The step that is noted is the one that the code belongs to."""
    app = app_of(lab, alice)
    for step in (quiet - 1, quiet):
        assert opens(lab, shop, alice, app.code_at(step)), f"The code of step {step - quiet:+} opens nothing."
        noted = lab.db.steps.find_one({"_id": alice.person.name})["step"]
        assert noted == step, f"A code of step {step} was typed, and step {noted} is noted."
