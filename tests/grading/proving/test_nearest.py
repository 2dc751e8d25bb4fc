"""Which check came nearest to a mutant that survives."""

from labsrv.grading.course.exercises import find
from labsrv.grading.proving.answers import MUTANT, KnownAnswer
from labsrv.grading.proving.mutants import Mutant
from labsrv.grading.proving.nearest import nearest

(TICKETS,) = find("00_template")
SURVIVOR = Mutant("f: it lives", "f", 5, "", "")


def killed(line, place, check):
    name = f"{place}, {line}, {check}"
    return {KnownAnswer(TICKETS, MUTANT, name, "", mutant=Mutant(name, place, line, "", "")): check}


def test_it_is_the_one_that_notices_most_of_the_same_line():
    elsewhere = killed(1, "f", "test_b") | killed(2, "f", "test_b") | killed(3, "f", "test_b")

    assert (
        nearest(SURVIVOR, elsewhere | killed(5, "f", "test_a")) == "test_a, which notices 1 other mutant of this line"
    )


def test_or_most_of_the_same_function():
    others = killed(1, "g", "test_b") | killed(3, "f", "test_a") | killed(4, "f", "test_a")

    assert nearest(SURVIVOR, others) == "test_a, which notices 2 other mutants of f"


def test_or_most_of_all():
    assert nearest(SURVIVOR, killed(1, "g", "test_b")) == "test_b, which notices 1 other mutant of the solution"
    assert nearest(SURVIVOR, {}) == ""
