"""A course of small exercises: the checks of one are sound, and each of the others has something wrong with it."""

import shutil

from labsrv.grading.course.exercises import root

LESSON = "00_start_here"
HEAD = '"""Sell tickets."""\n\n\ndef may_enter(tickets: list[str], number: str) -> bool:\n'
STUB = f'{HEAD}    return number != ""\n'
SOLUTION = f"{HEAD}    return number in tickets\n"
OTHERS = {
    "loop": f"{HEAD}    for each in tickets:\n        if each == number:\n            return True\n    return False\n",
    "count": f"{HEAD}    return tickets.count(number) == 1\n",
}
NEAR_MISS = '''"""Caught by: test_no_stranger. {}"""


def may_enter(tickets, number):
    return number.startswith("TEA-")
'''

CHECKS = '''"""Sell tickets."""

from labsrv.grading import promise
from labsrv.labs.start_here.people import is_inside, show_ticket, ticket_of

PLACE = {place}
DECIDES = ("may_enter",)


@promise()
def test_alice_is_let_in(lab, shop, alice):
    """Alice is let in."""
    show_ticket(alice, shop, ticket_of(alice, lab))
    assert is_inside(alice), "Alice stands outside."


@promise(points=2, after=test_alice_is_let_in)
def test_no_stranger(shop, mallory, draw):
    """Mallory stays outside."""
    page = show_ticket(mallory, shop, f"TEA-{{draw.word()}}")
    assert not is_inside(mallory), "Mallory is inside."
    assert page.status == 403, "Mallory was not refused."
'''
AT_RANDOM = '''

@promise(points=1, after=test_alice_is_let_in)
def test_at_random(shop, mallory, draw, two_processes):
    """Mallory is out of luck."""
    page = show_ticket(mallory, shop, f"TEA-{draw.word()}")
    assert page.status == 403 and draw.random() < 0.5, "Mallory was lucky."
'''
BREAKS = '''

@promise(points=1, after=test_alice_is_let_in)
def test_that_breaks(shop, mallory):
    """Mallory shows nothing at all."""
    assert show_ticket(mallory, shop, "").status == 403 and 1 // 0
'''
LISTED = '[[equal]]\nmutant = "{}"\nbecause = "It is the same."\n'
# A limit that nothing looks at; a listed mutant that is noticed, and one that is none.
WEAK = SOLUTION.replace("number in", "len(number) < 40 and number in")
STALE = LISTED.format("may_enter: number in tickets → number not in tickets") + LISTED.format("may_enter: x → y")
EXCUSED = LISTED.format("may_enter: len(number) < 40 → len(number) <= 40")


def small_course(folder):
    """Make the course in a folder."""
    folder.mkdir()
    shutil.copy(root() / "pyproject.toml", folder)
    (folder / "labsrv").symlink_to(root() / "labsrv")
    exercise(folder, 1, "sound")
    exercise(folder, 2, "weak", solution=WEAK, listed=EXCUSED, more_near_misses={"let_through": NEAR_MISS_LET_THROUGH})
    exercise(folder, 3, "narrow", others={"crash": "may_enter = None\n"}, stub=SOLUTION, listed=STALE)
    exercise(folder, 4, "random", more_checks=AT_RANDOM)
    exercise(folder, 5, "breaking", more_checks=BREAKS)
    exercise(folder, 6, "unreadable", more_checks="\nimport nowhere\n")
    return folder


NEAR_MISS_LET_THROUGH = '"""Caught by: test_no_stranger. It is right."""\n' + SOLUTION.partition("\n")[2]


def exercise(
    folder,
    place,
    stem,
    *,
    stub=STUB,
    solution=SOLUTION,
    others=OTHERS,
    more_near_misses=None,
    more_checks="",
    listed="",
):
    """Put an exercise with all its files into a course."""
    near_misses = {"the_look_of_it": NEAR_MISS.format("It looks at the form.")} | (more_near_misses or {})
    files = {
        f"exercises/{LESSON}/{stem}.py": stub,
        f"exercises/{LESSON}/test_{stem}.py": CHECKS.format(place=place) + more_checks,
        f"solutions/{LESSON}/{stem}.py": solution,
        **{f"tests/other_answers/{LESSON}/{stem}/{name}.py": source for name, source in others.items()},
        **{f"tests/near_misses/{LESSON}/{stem}/{name}.py": source for name, source in near_misses.items()},
        **({f"tests/near_misses/{LESSON}/{stem}/mutants.toml": listed} if listed else {}),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
