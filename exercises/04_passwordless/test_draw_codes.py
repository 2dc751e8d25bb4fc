"""Draw six digits, and read six digits.

What `new_code` and `read_code` promise: to those who count, and to those who spell.
"""

import re

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.passwordless.attacks_on_codes import code_for
from labsrv.labs.passwordless.people import ask_for_code, challenge, enter_code, is_logged_in

PLACE = 8
DECIDES = ("new_code", "read_code")
MANY = 20_000
DIFFERENT = 19_700  # of so many; 19,801 are expected, with a spread of 14
ALIKE = 20
SIX_DIGITS = re.compile("[0-9]{6}")

# How somebody might write the code 123456 that is none: each is tried with drawn codes as well.
SPELLINGS = {
    "in wide digits": lambda code: in_digits_of(code, "０"),
    "in Arabic digits": lambda code: in_digits_of(code, "٠"),
    "in Devanagari": lambda code: in_digits_of(code, "०"),
    "in bold mathematical digits": lambda code: in_digits_of(code, "𝟎"),
    "with one wide digit at its beginning": lambda code: in_digits_of(code[0], "０") + code[1:],
    "with one wide digit at its end": lambda code: code[:-1] + in_digits_of(code[-1], "０"),
    "with a blank before it": lambda code: f" {code}",
    "with a blank behind it": lambda code: f"{code} ",
    "with a blank in it": lambda code: f"{code[:3]} {code[3:]}",
    "with a hyphen in it": lambda code: f"{code[:3]}-{code[3:]}",
    "with a line below in it": lambda code: f"{code[:3]}_{code[3:]}",
    "with a comma in it": lambda code: f"{code[:3]},{code[3:]}",
    "with a point behind it": lambda code: f"{code}.",
    "with a line break behind it": lambda code: f"{code}\n",
    "with two characters of a line break": lambda code: f"{code}\r\n",
    "with a line break before it": lambda code: f"\n{code}",
    "with a tab behind it": lambda code: f"{code}\t",
    "with a blank that does not break": lambda code: f"{code}\xa0",
    "with a blank of no width": lambda code: f"{code[:3]}\u200b{code[3:]}",
    "with the mark of a file's beginning": lambda code: f"\ufeff{code}",
    "with a null character": lambda code: f"{code}\0",
    "with a sign": lambda code: f"+{code}",
    "with a sign in the place of a digit": lambda code: f"-{code[1:]}",
    "with a fraction": lambda code: f"{code}.0",
    "with one zero more": lambda code: f"0{code}",
    "with one digit more": lambda code: f"{code}1",
    "with a letter before it": lambda code: f"a{code}",
    "with a letter behind it": lambda code: f"{code}a",
    "with a hash before it": lambda code: f"#{code}",
    "in quotes": lambda code: f'"{code}"',
    "in a sentence": lambda code: f"{code} is your code",
    "twice": lambda code: code * 2,
    "twice, a line each": lambda code: f"{code}\n{code}",
    "without its last digit": lambda code: code[:-1],
    "without its first digit": lambda code: code[1:],
    "with a letter O in it": lambda code: f"{code[:2]}O{code[3:]}",
    "with a letter in the place of its last digit": lambda code: f"{code[:-1]}l",
    "a thousand digits long": lambda code: code * 200,
}
NOT_A_CODE = {
    "raised digits": "¹²³456",
    "letters": "abcdef",
    "a fraction": "1234.5",
    "a number of another base": "0x1e24",
    "a number with an exponent": "123e03",
    "numbers in circles": "①②③④⑤⑥",
    "Roman numerals": "ⅠⅡⅢⅣⅤⅥ",
    "nothing": "",
    "six blanks": "      ",
}


def in_digits_of(code, zero):
    """Return a code in digits of another script."""
    return "".join(chr(ord(zero) + int(digit)) for digit in code)


def drawn_codes(draw, many):
    """Return codes that nobody could have expected."""
    return [f"{draw.randrange(10**6):06}" for _ in range(many)]


def alike(codes, others):
    """Return how many codes two processes draw in the same place: by chance none or one of a million."""
    return sum(code == other for code, other in zip(codes, others, strict=True))


def codes_of(decision):
    """Return many codes, all of them six digits."""
    answer = decision.often("new_code", MANY)
    assert isinstance(answer, Answer), f"`new_code` failed: {answer}"
    odd = [each for each in answer.value if not (isinstance(each, str) and SIX_DIGITS.fullmatch(each))]
    assert not odd, f"{odd[0]!r} is not six digits."
    return answer.value


@promise()
@pytest.mark.parametrize("by", ["mail", "text"])
def test_the_code_lets_alice_in(lab, shop, alice, by):
    """Alice asks for a code by mail or text message, enters it, and is logged in."""
    ask_for_code(alice, shop, by=by)
    text = (lab.mail if by == "mail" else lab.sms).last(alice).text
    enter_code(alice, shop, challenge(alice), text.split()[0])

    assert is_logged_in(alice, shop), "Alice entered the code that came, and is not let in."


@promise()
def test_a_code_is_read_as_it_is(decision, draw):
    """Six digits are read as they are, zeros first or not."""
    for code in ("000000", "000001", "007007", "100000", "999999", *drawn_codes(draw, 10)):
        read = decision.read_code(code)
        assert isinstance(read, Answer) and read.value == code, f"{code} is read as {read}."


@promise()
def test_a_wrong_code_is_refused(lab, shop, alice):
    """A code that is not the one that came is answered with 401."""
    ask_for_code(alice, shop)
    wrong = "000000" if code_for(lab, alice) != "000000" else "000001"

    assert enter_code(alice, shop, challenge(alice), wrong).status == 401, "A wrong code was not answered with 401."


@promise(
    points=2,
    after=test_the_code_lets_alice_in,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "How many codes can come? Count from 000000.",
        "Draw some thousand, and look at the first digit of each.",
        "Draw twenty thousand. Of a million codes some two hundred come twice by chance, and of fewer codes more.",
    ],
)
def test_each_of_the_million_can_come(decision):
    """Every code has six digits, at each place each digit comes about as often, and no more come twice than do so by
    chance.
    """
    codes = codes_of(decision)
    for place in range(6):
        counts = {digit: sum(code[place] == digit for code in codes) for digit in "0123456789"}
        # 2,000 each are expected, with a spread of 42: nobody who draws well is outside of this in a million runs.
        rare = [digit for digit, count in counts.items() if not 1_750 < count < 2_250]
        assert not rare, (
            f"At place {place + 1} the digit {rare[0]} came {counts[rare[0]]} times in {MANY:,}, not about 2,000 times."
        )

    different = len(set(codes))
    assert different > DIFFERENT, (
        f"Of {MANY:,} codes {MANY - different:,} had come before, and not about 200: there are fewer than a million."
    )


@promise(
    points=2,
    after=test_the_code_lets_alice_in,
    asvs="6.5.3",
    cwe=338,
    hints=[
        "Who knows where the generator began knows every code. Who knows it?",
        "How many moments are there in the second in which Mallory asked? A computer tries them all.",
        "The rule: `random` can be run along by whoever knows where it began. `secrets` has no beginning to know.",
    ],
)
def test_nobody_draws_it_along(lab, decision, restart_shop):
    """At one moment different codes come, and others from another process of the shop, or from a copy of it."""
    moment = lab.clock.time()
    codes, others = (codes_of(restart_shop(at=moment)) for _ in range(2))
    assert len(set(codes)) > MANY / 2, "Codes that are drawn at the same moment are alike."

    assert alike(codes, others) < ALIKE, (
        "Two processes of the shop that begin alike draw the same codes at the same moment. They come from a generator "
        "that can be run along, and not from the system's."
    )
    copies = decision.in_copies("new_code", 2_000).value
    assert not copies or alike(*copies) < ALIKE, (
        "Two processes that a server forked after the import draw the same codes, one after the other."
    )


@promise(
    points=2,
    after=test_a_code_is_read_as_it_is,
    asvs="2.2.1",
    cwe=1287,
    hints=[
        "What do `int`, `str.isdigit` and `\\d` take for digits? Try them on what you read here.",
        "Say what a code is made of, and that there is nothing before it and nothing after it.",
        "`[0-9]` is ten characters, `\\d` some hundred; `$` lets a line break through, and `re.fullmatch` does not.",
    ],
)
def test_nothing_else_is_a_code(decision, draw):
    """What is not six ASCII digits is no code."""
    texts = dict(NOT_A_CODE)
    for code in ("123456", "000000", *drawn_codes(draw, 2)):
        texts |= {f"{code} {how}": spell(code) for how, spell in SPELLINGS.items()}
    for what, text in texts.items():
        read = decision.read_code(text)
        assert isinstance(read, Answer), f"`read_code` fails at {text[:40]!r} ({what}): {read}"
        assert read.value is None, f"{text[:40]!r} ({what[:60]}) is read as {str(read)[:40]}."
