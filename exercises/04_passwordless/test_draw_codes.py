"""Draw six digits, and read six digits.

What `new_code` and `read_code` promise: to those who count, and to those who spell.
"""

import pytest

from labsrv.grading import promise
from labsrv.labs.passwordless.attacks_on_codes import code_for
from labsrv.labs.passwordless.people import ask_for_code, challenge, enter_code, is_logged_in

PLACE = 8
DECIDES = ("new_code", "read_code")
MANY = 2_000

NOT_A_CODE = {
    "the wide digits of another keyboard": "１２３４５６",
    "Arabic digits": "٠١٢٣٤٥",
    "one wide digit": "12345６",
    "raised digits": "¹²³456",
    "a line between": "123_456",
    "a blank before": " 123456",
    "a line break after": "123456\n",
    "a sign": "+123456",
    "less than nothing": "-12345",
    "five digits": "12345",
    "seven digits": "1234567",
    "zeros before": "0123456",
    "letters": "abcdef",
    "a fraction": "1234.5",
    "nothing": "",
}


@promise()
@pytest.mark.parametrize("by", ["mail", "text"])
def test_the_code_lets_alice_in(lab, shop, alice, by):
    """Alice asks for a code by mail or text message, enters it, and is logged in."""
    ask_for_code(alice, shop, by=by)
    text = (lab.mail if by == "mail" else lab.sms).last(alice).text
    enter_code(alice, shop, challenge(alice), text.split()[0])

    assert is_logged_in(alice, shop), "Alice entered the code that came, and is not let in."


@promise()
def test_a_code_is_read_as_it_is(decision):
    """Six digits are read as they are, zeros first or not."""
    for code in ("000000", "007007", "123456", "999999"):
        assert decision.read_code(code).value == code, f"{code} is read as {decision.read_code(code).value}."


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
        "Draw two thousand, and look at the first digit of each.",
    ],
)
def test_each_of_the_million_can_come(decision):
    """Every code has six digits, and at each place each digit comes about as often."""
    codes = decision.often("new_code", MANY).value
    odd = [code for code in codes if not (isinstance(code, str) and len(code) == 6 and set(code) <= set("0123456789"))]
    assert not odd, f"{odd[0]!r} is not six digits."

    for place in range(6):
        counts = {digit: sum(code[place] == digit for code in codes) for digit in "0123456789"}
        # 200 each are expected, with a spread of 13: nobody who draws well is outside of this in a million runs.
        rare = [digit for digit, count in counts.items() if not 110 < count < 300]
        assert not rare, f"At place {place + 1} the digit {rare[0]} came {counts[rare[0]]} times in {MANY}."


@promise(
    points=2,
    after=test_the_code_lets_alice_in,
    asvs="6.5.3",
    cwe=338,
    hints=[
        "Who knows where the generator began knows every code. Who knows it?",
        "How many moments are there in the second in which Mallory asked? A computer tries them all.",
        "Read the warning at the top of the documentation of Python's module `random`.",
    ],
)
def test_nobody_draws_it_along(lab, restart_shop):
    """At one moment different codes come, and others from another process of the shop."""
    moment = lab.clock.time()
    codes, others = (restart_shop(at=moment).often("new_code", MANY).value for _ in range(2))
    assert len(set(codes)) > MANY * 0.95, "Codes that are drawn at the same moment are alike."

    assert sum(code == other for code, other in zip(codes, others, strict=True)) < 20, (
        "Two processes of the shop, asked at the same moment, draw the same codes: so does whoever knows the moment."
    )


@promise(
    points=2,
    after=test_a_code_is_read_as_it_is,
    asvs="2.2.1",
    cwe=1287,
    hints=[
        "What do `int`, `str.isdigit` and `\\d` take for digits? Try them on what you read here.",
        "Say what a code is made of, and that there is nothing before it and nothing after it.",
        "Read about `re.ASCII` and `re.fullmatch`.",
    ],
)
@pytest.mark.parametrize("text", NOT_A_CODE.values(), ids=NOT_A_CODE)
def test_nothing_else_is_a_code(decision, text):
    """What is not six ASCII digits is no code."""
    assert decision.read_code(text).value is None, f"{text!r} is read as {decision.read_code(text).value!r}."
