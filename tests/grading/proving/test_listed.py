"""The list of mutants that no check has to notice."""

import pytest

from labsrv.grading.course.exercises import exercises, find, root
from labsrv.grading.proving.answers import mutants
from labsrv.grading.proving.listed import listed

(TICKETS,) = find("00_template")
LISTS = [each for each in exercises() if listed(each)]

ODD = {
    "no reason": '[[equal]]\nmutant = "f: a → b"\n',
    "an empty reason": '[[equal]]\nmutant = "f: a → b"\nbecause = " "\n',
    "a reason that is a number": '[[equal]]\nmutant = "f: a → b"\nbecause = 3\n',
    "another table": '[[same]]\nmutant = "f: a → b"\nbecause = "it is"\n',
    "a table in place of several": '[equal]\nmutant = "f: a → b"\nbecause = "it is"\n',
    "a line twice": '[[equal]]\nmutant = "f: a → b"\nmutant = "f: a → b"\nbecause = "it is"\n',
    "no TOML": "equal: none",
}


def write(folder, text):
    path = folder / TICKETS.name / "mutants.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def test_reasons_are_found_by_the_mutants_names(course):
    assert listed(TICKETS) == {}
    write(root() / "tests" / "near_misses", '[[equal]]\nmutant = "f: a → b"\nbecause = "It is the same."\n')

    assert listed(TICKETS) == {"f: a → b": "It is the same."}


def test_hidden_checks_may_have_a_list_of_their_own(course, tmp_path):
    write(tmp_path / "mine" / "near_misses", '[[equal]]\nmutant = "f: a → b"\nbecause = "I promise less."\n')

    assert listed(TICKETS, tmp_path / "mine") == {"f: a → b": "I promise less."}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_list_is_refused_by_its_name(text, course):
    write(root() / "tests" / "near_misses", text)

    with pytest.raises(LookupError, match=r"mutants\.toml should have tables \[\[equal\]\]"):
        listed(TICKETS)


@pytest.mark.parametrize("exercise", LISTS, ids=[each.name for each in LISTS])
def test_what_the_course_lists_are_mutants(exercise):
    assert set(listed(exercise)) <= {each.name for each in mutants(exercise)}
