"""Look at the right clock, through a small window.

What `time_of` and `step_of` promise: with codes of many moments, and with codes that are none.
"""

import pytest

from labsrv.grading import promise
from labsrv.kit.factors import STEP_SECONDS, Factors
from labsrv.labs.two_factor.people import first_step, in_account, second_step

PLACE = 3
DECIDES = ("time_of", "step_of")

# How many steps before or after the present one a code is from.
OFF = {
    "a minute old": -2,
    "two minutes old": -4,
    "ten minutes old": -20,
    "of the next step": 1,
    "of a minute later": 2,
    "of ten minutes later": 20,
}

# What else `int` reads as the same number, or what a lenient shop makes of it.
SPELLINGS = {
    "a blank before it": lambda code: f" {code}",
    "a blank in it": lambda code: f"{code[:3]} {code[3:]}",
    "an underscore in it": lambda code: f"{code[:3]}_{code[3:]}",
    "a plus": lambda code: f"+{code}",
    "one zero more": lambda code: f"0{code}",
    "digits of full width": lambda code: "".join(chr(ord(each) - ord("0") + ord("０")) for each in code),
    "digits of another script": lambda code: "".join(chr(ord(each) - ord("0") + ord("٠")) for each in code),
    "the last five digits": lambda code: code[1:],
    "nothing": lambda code: "",
}

# Where a request may say what time it is.
CLOCKS = {
    "in the form": lambda at: {"body": {"at": at, "time": at, "ts": at, "now": at}},
    "in the address": lambda at: {"query": f"?at={at}&time={at}&ts={at}&now={at}"},
    "in a header": lambda at: {"headers": {"X-Time": at, "X-Client-Time": at}},
}


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


@pytest.fixture
def quiet(lab, alice):
    """The number of a step around which no two codes are alike, with the clock one second into it."""
    step = begin_a_step(lab)
    app = app_of(lab, alice)
    while len({app.code_at(each) for each in range(step - 21, step + 22)}) < 43 or app.code_at(step)[0] == "0":
        step = begin_a_step(lab)
    return step


@promise()
def test_the_code_of_this_moment_opens(lab, shop, alice):
    """The code that her phone shows opens Alice's account, at the beginning of its step and at the end."""
    for after in (1, STEP_SECONDS - 2):
        step = begin_a_step(lab, after)
        assert opens(lab, shop, alice, app_of(lab, alice).code_at(step)), "The code of this moment opens nothing."


@promise()
def test_who_types_slowly_gets_in(lab, shop, alice):
    """So does the code of the step before, for those who type slowly."""
    step = begin_a_step(lab)
    assert opens(lab, shop, alice, app_of(lab, alice).code_at(step - 1)), "Alice typed slowly, and is not let in."


@promise(
    points=2,
    after=test_the_code_of_this_moment_opens,
    asvs="6.5.5",
    cwe=307,
    hints=[
        "How many codes are right at a time? Count the steps in your window.",
        "Whose clock may be slow: the shop's, or that of somebody who takes time to type?",
        "Read RFC 6238, 5.2, and ASVS 6.5.5.",
    ],
)
@pytest.mark.parametrize("off", OFF.values(), ids=OFF)
def test_other_codes_do_not(lab, shop, alice, quiet, off):
    """A code that is older, or of a later step, opens nothing."""
    assert not opens(lab, shop, alice, app_of(lab, alice).code_at(quiet + off)), f"The code of step {off:+} is taken."


@promise(
    points=2,
    after=test_the_code_of_this_moment_opens,
    asvs="6.5.8",
    cwe=807,
    hints=[
        "Who writes the form that reaches the shop: its page, or whoever sends it?",
        "Which clock can Mallory not set?",
        "Read ASVS 6.5.8.",
    ],
)
@pytest.mark.parametrize("told", CLOCKS.values(), ids=CLOCKS)
def test_nobody_tells_the_shop_the_time(lab, shop, mallory, quiet, told):
    """A code of an hour ago opens nothing, whatever the request says about the time."""
    app = app_of(lab, mallory)
    said = told(str((quiet - 120) * STEP_SECONDS + 1))
    first_step(mallory, shop)
    body = {"code": app.code_at(quiet - 120), "kind": "app"} | said.pop("body", {})
    answer = mallory.fetch(shop.second + said.pop("query", ""), method="POST", body=body, **said)

    assert answer.exchanges[0].status == 401, "A code of an hour ago was taken, for the request said that it is then."


@promise(
    points=1,
    after=test_the_code_of_this_moment_opens,
    asvs="6.5.3",
    cwe=1287,
    hints=[
        "What does `int` make of `1_2`, of ` 12 `, of `１２`?",
        "A code is text, not a number. What may stand in it, and how much of it?",
        "Read about `str.isascii` and `str.isdecimal`; `hmac.compare_digest` wants ASCII as well.",
    ],
)
@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
def test_a_code_has_six_digits(lab, shop, alice, quiet, spell):
    """What is not six ASCII digits is no code, and is refused like any other wrong one."""
    typed = spell(app_of(lab, alice).code_at(quiet))
    first_step(alice, shop)
    page = second_step(alice, shop, typed)

    assert page.exchanges[0].status == 401, f"{typed!r} was answered with {page.exchanges[0].status}."


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
        opens(lab, shop, alice, app.code_at(step))
        noted = lab.db.steps.find_one({"_id": alice.person.name})["step"]
        assert noted == step, f"A code of step {step} was typed, and step {noted} is noted."
