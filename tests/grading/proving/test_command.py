"""`authlab prove` end to end, on a small course with weak, narrow and fickle checks."""

import json
import os
import subprocess
import sys

import pytest

from labsrv.grading.proving import command
from labsrv.grading.proving.judging import ProofOptions
from labsrv.grading.proving.verdicts import BROKE, CHANGES, LACKING, MISSED, REFUSED, STALE, STUBBED, SURVIVED
from tests.grading.proving.small_course import LESSON, small_course

HIDDEN = '''"""More about tickets."""
from labsrv.grading import promise
from labsrv.labs.start_here.people import is_inside, show_ticket, ticket_of

@promise(points=1)
def test_no_stranger(lab, shop, alice, mallory):
    """Nobody shows a long ticket."""
    lab.db.tickets.insert_one({"_id": "a long one", "number": "T" * 40})
    assert show_ticket(mallory, shop, "T" * 40).status == 403, "It was too long, and she is inside."
'''
OWN_MISS = '''"""Caught by: test_no_stranger. It forgets what a number may be."""


def may_enter(tickets, number):
    return number in tickets
'''


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return small_course(tmp_path_factory.mktemp("small") / "course")


def prove(course, *options):
    """Prove a course's checks, and return how it ended."""
    line = [sys.executable, "-m", "labsrv.cli", "prove", *options]
    environment = os.environ | {"AUTHLAB_COURSE": str(course)}
    return subprocess.run(line, capture_output=True, text=True, cwd=course, env=environment, encoding="utf-8")


@pytest.fixture(scope="module")
def proof(course):
    """What all the course came to: its findings by exercise."""
    done = prove(course, "--json", "--jobs", "1")
    found = json.loads(done.stdout)

    assert done.returncode == 3 and found["proved"] is False, done.stderr
    return {each["exercise"].split("/")[1]: each for each in found["exercises"]}


def faults(proof, stem, kind=None):
    return [each for each in proof[stem]["faults"] if kind in (None, each["kind"])]


def test_sound_checks_are_proved(proof):
    assert faults(proof, "sound") == []
    assert proof["sound"]["right"] == proof["sound"]["there"]
    assert proof["sound"]["killed"] == proof["sound"]["there"]["mutant"] == 3


def test_what_no_check_notices_survives_and_the_nearest_check_is_named(proof):
    survivors = faults(proof, "weak", SURVIVED)

    assert "mutant may_enter: len(number) < 40 → len(number) < 41" in [each["answer"] for each in survivors]
    assert all(each["line"] == 5 and "+    return" in each["diff"] for each in survivors)
    assert all(each["nearest"].startswith("test_no_stranger, which notices") for each in survivors)


def test_a_listed_mutant_is_none_of_the_survivors(proof):
    assert "may_enter: len(number) < 40 → len(number) <= 40" not in str(faults(proof, "weak"))
    assert proof["weak"]["listed"] == 1


def test_a_list_that_is_stale_is_a_fault(proof):
    said = {each["answer"]: each["said"] for each in faults(proof, "narrow", STALE)}

    assert "it is noticed: test_" in said["mutant may_enter: number in tickets → number not in tickets"]
    assert said["mutant may_enter: x → y"] == "there is no such mutant any more"


def test_a_near_miss_that_is_let_through_is_a_fault(proof):
    (missed,) = faults(proof, "weak", MISSED)

    assert missed["answer"] == "near miss let_through"
    assert missed["said"] == "test_no_stranger passed; it earns everything"


def test_a_right_answer_that_is_refused_is_a_fault(proof):
    (refused,) = faults(proof, "narrow", REFUSED)

    assert refused["answer"] == "other right answer crash" and "test_alice_is_let_in failed" in refused["said"]
    assert len(faults(proof, "narrow", STUBBED)) == 1, "the stub is the solution"
    assert [each["said"] for each in faults(proof, "narrow", LACKING)] == ["1 other right answer: there should be 2"]


def test_a_verdict_that_changes_comes_before_all_other_faults(proof):
    found = faults(proof, "random")

    assert found[0]["kind"] == CHANGES and "test_at_random: " in found[0]["said"]
    assert " of 5 times)" in found[0]["said"]
    assert {each["answer"] for each in faults(proof, "random", CHANGES)} >= {"solution", "other right answer loop"}


def test_a_check_that_breaks_is_told(proof):
    assert "ZeroDivisionError" in faults(proof, "breaking", BROKE)[0]["said"]


def test_checks_that_cant_be_read_are_told_once(proof):
    (broke,) = faults(proof, "unreadable")

    assert broke["kind"] == BROKE and "No module named 'nowhere'" in broke["said"]


def test_of_a_proof_that_is_stopped_whole_exercises_are_told(monkeypatch, capsys):
    def interrupted(proof, console):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "judge", interrupted)
    code = command.prove(ProofOptions(("00_template", "renew_id")), as_json=True)
    printed = capsys.readouterr()

    assert code == 130 and json.loads(printed.out)["exercises"] == []
    assert printed.err == "Stopped: 2 exercises of 2 left out.\n"


def test_it_is_said_in_words(course):
    done = prove(course, "weak", "sound", "--jobs", "1")
    lines = done.stdout.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines if line.startswith(LESSON)}

    assert done.returncode == 1, done.stderr
    assert rows[f"{LESSON}/sound"] == ["1/1", "1/1", "2/2", "1/1", "3/3"]
    assert rows[f"{LESSON}/weak"][:4] == ["1/1", "1/1", "2/2", "1/2"]
    assert "    -    return len(number) < 40 and number in tickets" in lines
    assert "    +    return len(number) < 41 and number in tickets" in lines
    assert any(line.startswith("  Came nearest: test_no_stranger, which notices ") for line in lines)
    assert lines.index(f"A near miss let through: {LESSON}/weak  near miss let_through") < lines.index(
        f"A mutant that survives: {LESSON}/weak  mutant may_enter: len(number) < 40 → len(number) < 41"
    )


def test_a_sound_exercise_ends_well_and_mutants_may_be_few_or_none(course):
    some = prove(course, "sound", "--json", "--mutants", "2", "--times", "2", "--jobs", "1", "--seed", "7")
    none = prove(course, "sound", "--no-mutants", "--jobs", "1")

    assert some.returncode == none.returncode == 0
    assert json.loads(some.stdout)["exercises"][0]["there"]["mutant"] == 2
    assert json.loads(some.stdout)["exercises"][0]["runs"] == 2 * (1 + 1 + 2 + 1 + 2)
    assert none.stdout.startswith("Proved.  5 answers judged in ")


def test_checks_of_ones_own_are_proved_with_answers_of_ones_own(course, tmp_path):
    mine = tmp_path / "mine"
    files = {
        f"{LESSON}/test_weak.py": HIDDEN,
        f"near_misses/{LESSON}/weak/any_length.py": OWN_MISS,
        f"other_answers/{LESSON}/weak/list.py": OWN_MISS.partition("\n")[2].replace(
            "return", "return len(number) < 40 and"
        ),
    }
    for name, text in files.items():
        (mine / name).parent.mkdir(parents=True, exist_ok=True)
        (mine / name).write_text(text, encoding="utf-8")
    done = prove(course, "--checks", str(mine), "--json", "--jobs", "1")
    ((found,), code) = json.loads(done.stdout)["exercises"], done.returncode
    said = {each["answer"]: each["said"] for each in found["faults"]}

    assert code == 1 and found["exercise"] == f"{LESSON}/weak", "all that has hidden checks"
    assert "near miss any_length" not in said and found["there"]["near miss"] == 3
    assert "other right answer list" not in said and found["there"]["other right answer"] == 3
    assert "hidden/test_no_stranger failed" in said["other right answer loop"], "the course's others promise less"
    assert "mutant may_enter: len(number) < 40 → len(number) < 41" not in said
    assert "it is noticed: hidden/" in said["mutant may_enter: len(number) < 40 → len(number) <= 40"]


def test_what_is_not_there_is_a_usage_error(course):
    unknown = prove(course, "strong")
    (course / "solutions" / LESSON / "random.py").unlink()
    unsolved = prove(course, "random")

    assert unknown.returncode == 2 and "There is no exercise 'strong'" in unknown.stderr
    assert unsolved.returncode == 2 and "a course without its solutions can't be proved" in unsolved.stderr
