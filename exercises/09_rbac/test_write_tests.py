"""Write the tests that hold a site to its permission matrix.

What `examine` promises: it is held against offices that keep to the policy, in several styles, and against offices
that are wrong in one thing each. Their people and numbers are drawn, and so is the order in which they come.
"""

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.offices import flaws
from labsrv.labs.rbac.offices.office import OfficeDesk
from labsrv.labs.rbac.offices.styles import RIGHT

PLACE = 11
DECIDES = ("examine",)


@pytest.fixture(scope="module")
def desk():
    """Where one office after another is opened."""
    desk = OfficeDesk()
    yield desk
    desk.close()


@pytest.fixture
def passed(desk, decision, process, draw):
    """`passed(styles)`: hold the suite against these offices, in any order; return those that it lets through."""

    def passed(styles):
        through = []
        for style in draw.sample(styles, len(styles)):
            office = desk.open(draw, style)
            answer = decision.examine(office.ask, office.rows, office.people)
            assert office.ask.asked, "Your suite asks the site nothing."
            if isinstance(answer, Answer):
                through.append(style)
                continue

            # An assertion is what was asked for, and no fault of the suite; anything else is.
            assert answer.type == "AssertionError", "Your suite stumbled there. Check a reply before you look into it."
            said = process.raised.pop()
            assert style not in RIGHT, f"Your suite is red on an office that is right, {style.name}: {words(said)}"
        return through

    return passed


def words(said):
    """Return where a suite failed an assertion, and its words as far as they go."""
    about = said["said"].removeprefix("AssertionError").lstrip(": ")
    return f"{said['where']}{': ' if about else ''}{about[:160]}"


def noticed(passed, draw, wrong):
    """Check that a suite is red on each office that is wrong, and green on one among them that is right."""
    through = passed([draw.choice(RIGHT), *wrong])
    missed = [style.name for style in wrong if style in through]
    assert not missed, f"Your suite is green on an office that {missed[0]}."


@promise()
def test_offices_that_are_right_pass(passed, draw):
    """Offices that keep to the policy pass, whichever way they answer: the suite is green on each."""
    passed([*RIGHT, draw.choice(RIGHT)])


@promise(
    points=1,
    after=test_offices_that_are_right_pass,
    asvs="8.1.1",
    cwe=863,
    hints=[
        "Swap 200 and 403 in your head, in each line of the suite. Which assertion would notice?",
        'Which replies are right depends on `row["allowed"]`. What is right where it is False?',
        "An office that lets in nobody breaks the policy as well. Which rows tell?",
    ],
)
def test_yes_and_no_are_told_apart(passed, draw):
    """An office fails that swaps yes and no, refuses everybody, lets in everybody, or crashes in place of a refusal."""
    noticed(passed, draw, flaws.YES_AND_NO)


@promise(
    points=2,
    after=test_yes_and_no_are_told_apart,
    asvs="8.2.1",
    cwe=862,
    hints=[
        "Which rows does your suite leave out? Which verbs, which actors?",
        "For most of `rows`, `allowed` is False. Each of them is a test.",
        "Go over all rows, those with a `body` with it, and hold each reply against `allowed`.",
    ],
)
def test_every_cell_is_held_against_the_matrix(passed, draw):
    """An office fails that lets in where nothing is declared, or forgets an address, a verb, or a button's request."""
    noticed(passed, draw, flaws.CELLS)


@promise(
    points=2,
    after=test_offices_that_are_right_pass,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "An employee's list is answered with 200, as it should be. What may be in it?",
        "In how many places can one read more than one record? Whose numbers would you send to the last of them?",
        "Collect the numbers. For employees exactly theirs; for hr all of their branch's, and none of the other's.",
    ],
)
def test_what_is_in_a_reply_is_looked_at(passed, draw):
    """An office fails that lists, exports or hands out records of people whom the asker has no business with."""
    noticed(passed, draw, flaws.ANSWERS)


@promise(
    points=1,
    after=test_offices_that_are_right_pass,
    asvs="8.2.3",
    cwe=915,
    hints=[
        "A refusal is a promise that nothing has happened. How can you know?",
        "Read the records as hr, all in one request, before and after.",
        "Send a `note` and an `amount` together, as a manager. Compare whole records, and do it again with an `owner`.",
    ],
)
def test_what_there_is_afterwards_is_looked_at(passed, draw):
    """An office fails that changes a record and refuses then, or that writes every field it is sent."""
    noticed(passed, draw, flaws.AFTERWARDS)


@promise(
    points=1,
    after=test_offices_that_are_right_pass,
    asvs="8.3.2",
    cwe=613,
    hints=[
        "Which sentences of the policy need two requests to be broken?",
        "Who can prepare a raise and approve one? Who can take a role away?",
        "First assert that somebody may, then have hr revoke the role, then assert that they may not any more.",
    ],
)
def test_what_comes_later_is_looked_at(passed, draw):
    """An office fails that goes on with a role which was revoked, or has people approve what they prepared."""
    noticed(passed, draw, flaws.LATER)
