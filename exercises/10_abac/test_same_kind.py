"""Compare values of one kind, and say so where there is no answer.

What `compare` promises: by pairs of values of all kinds, and by what Mallory signs and reads in the company.
"""

from itertools import product

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.people import at_desk, confirm, document, move_to, read, sign, staff, stored

PLACE = 1
DECIDES = ("compare",)
CLOSED = ("labsrv.policy",)

OPERATORS = ("equal", "less", "at most", "at least", "in")
ORDERS = ("less", "at most", "at least")

# Pairs of numbers whose texts stand in another order, and others that are near each other.
NUMBERS = {
    "more digits": (9, 10),
    "many more digits": (900, 10_000),
    "below nothing": (-10, -9),
    "on both sides of nothing": (-1, 0),
    "with a part of one": (9.5, 10),
    "nearly the same": (2.999, 3),
    "small": (0.001, 0.01),
    "with an exponent as text": (1e-7, 1),
    "one after the other": (2, 3),
}

# Two numbers that are one: whole, and written as a decimal.
SAME = [(3, 3), (3, 3.0), (0, 0), (-7, -7), (0.5, 0.5), (10_000, 10_000.0), (0, 0.0)]

# Texts in the place of the one that is there.
OTHER_TEXTS = {
    "in capitals": str.upper,
    "with a blank behind it": lambda text: f"{text} ",
    "with a blank before it": lambda text: f" {text}",
    "with a line break behind it": lambda text: f"{text}\n",
    "with a character more": lambda text: f"{text}x",
    "its first character less": lambda text: text[1:],
    "its last character less": lambda text: text[:-1],
    "its first character": lambda text: text[:1],
    "nothing": lambda text: "",
    "with nothing to be seen behind it": lambda text: f"{text}\u200b",
    "in another Unicode form": lambda text: f"{text}é".replace("é", "e\u0301"),
}

# Values of each kind. What two of them would be to a reader who is not strict stands in one line.
KINDS = {
    "text": ["", "3", "900", "True", "None", "sales", "[]"],
    "number": [3, 900, 1, 0, 2.5],
    "boolean": [True, False],
    "list": [[], ["3"], [3], ["sales"]],
    "object": [{}, {"sales": 1}],
}

# Operators that are like one, and none.
UNKNOWN = ("Equal", "EQUAL", "equal ", " less", "equals", "==", "=", "<", "<=", ">", ">=", "greater", "more", "is", "")
UNKNOWN += ("not equal", "at_most", "atmost", "at", "most", "contains", "in ", "not in", "between", "any", "all")


class Asking:
    """The function under test, asked for its answers and for its errors."""

    def __init__(self, decision, process):
        self.decision = decision
        self.process = process

    def says(self, operator, left, right, expected):
        """Check that a comparison has this answer."""
        answer = self.decision.compare(operator, left, right)
        assert isinstance(answer, Answer), f"{left!r} {operator} {right!r}: your function raised {answer}."
        assert answer.value is expected, f"{left!r} {operator} {right!r}: your function gave {answer}, not {expected}."

    def has_no_answer(self, operator, left, right, why):
        """Check that a comparison raises."""
        answer = self.decision.compare(operator, left, right)
        assert not isinstance(answer, Answer), f"{why}: {left!r} {operator} {right!r}, and your function gave {answer}."
        self.process.raised.clear()  # it was asked for


@pytest.fixture
def asking(decision, process):
    return Asking(decision, process)


def in_order(asking, low, high):
    """Check all that can be asked of two numbers, of which one is less."""
    for operator, left, right, expected in (
        ("less", low, high, True),
        ("less", high, low, False),
        ("at most", low, high, True),
        ("at most", high, low, False),
        ("at least", low, high, False),
        ("at least", high, low, True),
        ("equal", low, high, False),
        ("equal", high, low, False),
    ):
        asking.says(operator, left, right, expected)


@pytest.fixture
def desks(lab, alice, bob, mallory):
    """Alice, Bob and Mallory, who have come to the office at ten."""
    move_to(lab, "10:00")
    return [at_desk(lab, each) for each in (alice, bob, mallory)]


@promise()
def test_values_of_one_kind_are_compared(asking, draw):
    """Numbers are in order, texts are equal or not, and a text is in a list or not."""
    low = draw.randint(1, 4)
    in_order(asking, low, draw.randint(5, 8))
    for operator in ("equal", "at most", "at least"):
        asking.says(operator, low, low, True)
    asking.says("less", low, low, False)

    words = [draw.word() for _ in range(3)]
    asking.says("equal", words[0], words[0], True)
    asking.says("equal", words[0], words[1], False)
    asking.says("in", words[2], words, True)
    asking.says("in", draw.word(), words, False)


@promise()
def test_people_do_their_work(lab, shop, desks):
    """Alice reads her blend, Bob signs a contract within his limit, Mallory reads the price list."""
    alice, bob, mallory = desks
    assert b"Secret of" in read(alice, shop, "house-blend").body, "Alice can't read her own recipe."
    assert sign(bob, shop, "cafe-contract", headers=confirm(bob, shop)).status == 200, "Bob can't sign the contract."
    assert stored(lab, "cafe-contract").get("signed_by") == bob.person.name, "Bob signed, and it is not signed."
    assert b"Secret of" in read(mallory, shop, "price-list").body, "Mallory can't read the price list."
    assert read(mallory, shop, "next-prices").status == 404, "Mallory reads what is above her clearance."


@promise(
    points=2,
    after=test_values_of_one_kind_are_compared,
    asvs="2.2.1",
    cwe=1287,
    hints=[
        "Her limit is 900, the contract is over 10,000. Does your function compare amounts, or what they look like?",
        "Try `10 < 9` and `'10' < '9'` in a cell.",
        "Python compares two numbers rightly by itself, whole and decimal ones.",
    ],
)
def test_numbers_are_compared_as_numbers(lab, asking, draw, shop, desks):
    """10,000 is more than 900, and -10 less than -9; Mallory signs nothing above her limit."""
    for low, high in NUMBERS.values():
        in_order(asking, low, high)
    for _ in range(20):
        low = draw.randint(-2000, 2000)
        in_order(asking, low, low + draw.choice([1, 0.5, 9, 90, 900, 9000]))
    for one, other in SAME:
        for operator, expected in (("equal", True), ("at most", True), ("at least", True), ("less", False)):
            asking.says(operator, one, other, expected)
            asking.says(operator, other, one, expected)

    _, _, mallory = desks
    for limit, amount, signs in (
        (900, 10_000, False),
        (99, 100, False),
        (draw.randint(20, 99), draw.randint(100, 199), False),
        (1000, 1000, True),
        (1001, 999, True),
        (5000, 5001, False),
    ):
        staff(lab, mallory, limit=limit)
        document(lab, "cafe-contract", amount=amount)
        status = sign(mallory, shop, "cafe-contract", headers=confirm(mallory, shop)).status
        assert (status == 200) == signs, f"Mallory's limit is {limit}, she signs over {amount}, and gets {status}."


@promise(
    points=2,
    after=test_values_of_one_kind_are_compared,
    asvs="2.2.1",
    cwe=843,
    hints=[
        "What is the answer to `'10' at most 9`? Whoever makes one of them the other has guessed.",
        "Ask what kind each of the two values is, before anything is compared.",
        "`isinstance(value, str)` tells a text. Which two kinds does `isinstance(value, int)` let through?",
    ],
)
def test_two_kinds_have_no_answer(asking):
    """A text and a number have no answer, nor have any other two kinds, whatever they look like."""
    for one, other in product(KINDS, KINDS):
        if one == other:
            continue
        for left, right in product(KINDS[one], KINDS[other]):
            # An element in a list is one thing that is asked of two kinds.
            asked = [each for each in OPERATORS if not (each == "in" and (one, other) == ("text", "list"))]
            for operator in asked:
                asking.has_no_answer(operator, left, right, f"A {one} and a {other}")


@promise(
    points=1,
    after=test_two_kinds_have_no_answer,
    asvs="2.2.1",
    cwe=843,
    hints=[
        "`True + True` is 2 in Python. What does your function say to `True at least 1`?",
        "`isinstance(True, int)` is True. Ask whether it is a boolean before you ask for a number.",
    ],
)
def test_orders_are_for_numbers(asking, draw):
    """Two booleans are equal or not, and neither is less; texts have no order, and lists are not compared at all."""
    for left, right in product([True, False], [True, False]):
        asking.says("equal", left, right, left == right)
        for operator in (*ORDERS, "in"):
            asking.has_no_answer(operator, left, right, "Two booleans")

    words = [draw.word(), draw.word(), "10", "9", "", "2026-01-01"]
    for left, right in product(words, words):
        for operator in ORDERS:
            asking.has_no_answer(operator, left, right, "Two texts in an order")
    for operator in OPERATORS:
        asking.has_no_answer(operator, [words[0]], [words[0]], "Two lists")
        asking.has_no_answer(operator, {"a": 1}, {"a": 1}, "Two objects")
        asking.has_no_answer(operator, {}, {}, "Two objects")
    asking.has_no_answer("in", 3, 3, "Two numbers")


@promise(
    points=2,
    after=test_values_of_one_kind_are_compared,
    asvs="8.3.1",
    cwe=754,
    hints=[
        "A document of no department, and Mallory between two jobs: what does `None == None` say?",
        "Is what is missing less than 1? More? Whichever you say, some rule is wrong: None has no answer.",
    ],
)
def test_what_is_missing_has_no_answer(lab, asking, draw, shop, mallory):
    """What is missing is equal to nothing, not even to what is missing as well; Mallory reads nobody's document."""
    values = [None, *(value for kind in KINDS.values() for value in kind), draw.word(), draw.randint(1, 99)]
    for operator, value in product(OPERATORS, values):
        asking.has_no_answer(operator, None, value, "The left one is missing")
        asking.has_no_answer(operator, value, None, "The right one is missing")
    asking.has_no_answer("in", None, [draw.word()], "The left one is missing")

    move_to(lab, "10:00")
    staff(lab, mallory, department=None)
    at_desk(lab, mallory)
    status = read(mallory, shop, "lost-blend").status
    assert status in (403, 404), f"Mallory has no department, asked for a document that has none, and got {status}."


@promise(
    points=1,
    after=test_values_of_one_kind_are_compared,
    asvs="2.2.1",
    cwe=1287,
    hints=[
        "`'hr' in 'three'` and `'hr' in ['three']`: what does Python look for in each?",
        "What may stand on the right of `in`? And on the left? Only a list of texts, and only a text.",
    ],
)
def test_in_looks_for_a_whole_element(asking, draw):
    """A text is in a list if it is one of its elements, whole; in a text there is nothing to be found."""
    words = [draw.word() for _ in range(4)]
    for number, word in enumerate(words):
        asking.says("in", word, words, True)
        asking.says("in", word, words[:number] + words[number + 1 :], False)
        for name, spell in OTHER_TEXTS.items():
            assert spell(word) not in words, f"Words are drawn, and {name} this was one."
            asking.says("in", spell(word), words, False)
    asking.says("in", words[0], [], False)
    asking.says("in", "", words, False)
    asking.says("in", words[0], ["", *words], True)

    asking.has_no_answer("in", words[0], " ".join(words), "In a text")
    asking.has_no_answer("in", words[0], words[0], "In a text")
    asking.has_no_answer("in", words[0][:3], words[0], "In a text")
    asking.has_no_answer("in", "", words[0], "In a text")
    asking.has_no_answer("in", words[0], {words[0]: True}, "In an object")
    asking.has_no_answer("in", [words[0]], words, "A list in a list")


@promise(
    points=1,
    after=test_values_of_one_kind_are_compared,
    asvs="8.3.1",
    cwe=754,
    hints=[
        "What does the last line of your function do for an operator that nobody has thought of?",
        "Let the refusal be the last line.",
    ],
)
def test_what_nobody_knows_has_no_answer(asking, draw):
    """Operators that nobody knows have no answer; texts are equal in every character or not at all."""
    word = draw.word()
    for operator in (*UNKNOWN, draw.word()):
        for left, right in ((1, 2), (2, 1), (2, 2), (word, word), (word, [word]), (True, True)):
            asking.has_no_answer(operator, left, right, f"There is no operator {operator!r}")

    for spell in OTHER_TEXTS.values():
        asking.says("equal", word, spell(word), False)
        asking.says("equal", spell(word), word, False)
    asking.says("equal", "é", "e\u0301", False)
    asking.says("equal", "", "", True)
    asking.says("equal", "3", "3", True)
    asking.says("equal", "3", "3.0", False)
