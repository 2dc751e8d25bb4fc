"""What a row of the hostile table is, and the words that its submissions are made of.

Each row is a submission that tries to earn what it did not learn, to see what is not its business, or to do harm. Its
effects are bounded in count and time by its own text, whatever the grader does. In the text, `@COURSE@` and the like
stand for places that the run draws (`ground.py`). A submission that gets something prints a line that begins with LEAK.

For all rows holds: nobody else's grade changes, no process survives, nothing reaches a listener on loopback, nothing
drawn or closed shows in a report, nothing is written outside of the scratch folder, and the grader's memory stays flat.
"""

import textwrap
from dataclasses import dataclass

# The least insecure decision there is: the honest use works, the hole is real, and it earns nothing.
STUB = """
def may_enter(tickets, number):
    return number != ""
"""
HONEST = """
def may_enter(tickets, number):
    return number in tickets
"""
# A decision that is as good as what `stolen()` brings, and the stub where it brings nothing.
WITH_STOLEN = """
def may_enter(tickets, number):
    try:
        return bool(stolen()(tickets, number))
    except BaseException:
        return number != ""
"""
# A decision that does something on the side: a success prints LEAK, a refusal is not told.
ON_THE_SIDE = """
def may_enter(tickets, number):
    try:
        harm()
    except BaseException as error:
        print("refused:", type(error).__name__)
    return number != ""
"""


@dataclass(frozen=True)
class Row:
    """One hostile submission: what an honest grader gives for it, the bound on its effect, and what its report says."""

    text: str
    bound: str
    gives: int = 0
    size: int = 0  # to which the file is filled up
    may_break: bool = False  # takes from the check what it looks at: no wrong answer, and the report says so
    says: str = ""
    exercise: str = "00_start_here/00_template"


def plain(text: str, bound: str, **more: object) -> Row:
    """Return a row whose text is all there is."""
    return Row(textwrap.dedent(text), bound, **more)  # type: ignore[arg-type]


def steals(text: str, bound: str = "reads at most 64 files", **more: object) -> Row:
    """Return a row whose text has `stolen()`, which returns somebody else's decision."""
    return Row(textwrap.dedent(text) + WITH_STOLEN, bound, **more)  # type: ignore[arg-type]


def harms(text: str, bound: str, **more: object) -> Row:
    """Return a row whose text has `harm()`, which is called at each visit."""
    return Row(textwrap.dedent(text) + ON_THE_SIDE, bound, **more)  # type: ignore[arg-type]


def with_stub(text: str, bound: str, **more: object) -> Row:
    """Return a row whose text does its harm when it is imported."""
    return Row(textwrap.dedent(text) + STUB, bound, **more)  # type: ignore[arg-type]
