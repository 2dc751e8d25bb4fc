"""Mutants: one thing is different in each, it is said what, and nothing is changed that decides nothing."""

import ast

import pytest

from labsrv.grading.course.exercises import exercises
from labsrv.grading.proving.mutants import mutants_of

SOLUTIONS = {each.name: each.solution for each in exercises()}

# What is in a function's body, and what is made of it.
MADE_OF = {
    "a bound": ("return age < 18", ["age < 18 → age <= 18", "age < 18 → age >= 18"]),
    "a number": ("return age < 18", ["age < 18 → age < 17", "age < 18 → age < 19", "age < 18 → age < 2"]),
    "a condition": ("if old: return 1", ["if old → if True", "if old → if False", "without return 1"]),
    "the condition of an expression": ("return 1 if old else 2", ["if old → if True", "if old → if False"]),
    "conditions": ("return old and tall", ["old and tall → old or tall", "without old and …", "without tall and …"]),
    "a not": ("return not old", ["not old → old"]),
    "a membership": ("return age in known", ["age in known → age not in known"]),
    "an identity": ("return age is not None", ["age is not None → age is None"]),
    "a sum": ("return age + 1", ["age + 1 → age - 1", "age + 1 → age", "age + 1 → 1", "age + 1 → age + 0"]),
    "a slice": ("return age[1:old]", ["age[1:old] → age[:old]", "age[1:old] → age[1:]", "age[1:old] → age[0:old]"]),
    "a loop": ("for each in known: use(each)", ["known → list(known)[:1]", "without for each in known: …"]),
    "one of two": ("return any(known)", ["any(known) → all(known)", "any(known) → known"]),
    "a call for nothing": ("use(age)", ["without use(age)", "without age in use(…)"]),
    "a call in between": ("return use(age.lower())", ["age.lower() → age", "use(age.lower()) → age.lower()"]),
    "an argument by name": ("use(old=age)", ["without old=age in use(…)", "old=age → old_=age"]),
    "a row": ('return {"age": age}', ['without "age": age', '"age": age → "age_": age']),
    "a yes": ('return {"old": True}', ['"old": True → "old": False']),
    "a place in a row": ('return age["years"]', ['age["years"] → age["years_"]']),
    "a text": ('return age or "none"', ['age or "none" → age or "none_"']),
    "bytes": ('return age or b"none"', ['age or b"none" → age or b"none_"']),
    "some of several": ('return age in ("a", "b")', ['without "a"', 'without "b"']),
    "a text with values in it": ('return f"{age:06}"', ['f"{age:06}" → f""', 'f"{age:06}" → f"{age}"']),
    "an attribute that is set": ("age.years = 3", ["without age.years = 3", "3 → 2", "3 → 4"]),
    "an error": ('raise ValueError("too old")', ['without raise ValueError("too old")']),
    "a return": ("return age", ["return age → return None"]),
    "two returns": ("if old: return age\n    return None", ["return age → return None", "return None → return age"]),
}
ALONE = {
    "a docstring": '"""Return 3."""',
    "an import": "from os import path",
    "a comment": "pass  # 3",
    "an annotation": 'known: "list[int]"',
    "a name that is needed later": "known = age",
    "the text of an error": 'raise ValueError("18")',
}


def names(body):
    return [each.name for each in mutants_of(f"def f(age, old, tall, known, use):\n    {body}\n")]


@pytest.mark.parametrize(("body", "made"), MADE_OF.values(), ids=MADE_OF)
def test_what_is_made_of(body, made):
    assert {f"f: {each}" for each in made} <= set(names(body))


@pytest.mark.parametrize("body", ALONE.values(), ids=ALONE)
def test_what_decides_nothing_is_left_alone(body):
    assert [each for each in names(body) if not each.startswith("f: without raise")] == []


def test_what_a_function_returns_tells_what_nothing_is():
    source = "def f(a) -> {}:\n    return a\n"

    assert [each.name for each in mutants_of(source.format("bool"))] == [
        "f: return a → return True",
        "f: return a → return False",
    ]
    assert [each.name for each in mutants_of(source.format("str"))] == ['f: return a → return ""']


def test_signatures_and_what_is_not_run_stay_as_they_are():
    signature = 'from typing import Literal\n\ndef f(a: Literal["x"]) -> Literal["y"]: ...\n'

    assert mutants_of(signature + '\nif __name__ == "__main__":\n    f(3)\n') == []


def test_what_is_no_program_has_none():
    assert mutants_of("def f(:\n") == []


def test_a_constant_of_the_module_is_named_by_its_name():
    assert [each.name for each in mutants_of("MOST = 5\n")] == ["MOST: 5 → 4", "MOST: 5 → 6"]


def test_the_same_change_at_two_places_has_two_names():
    assert [each for each in names("use(3)\n    use(3)") if "without use" in each] == [
        "f: without use(3)",
        "f: without use(3) (2)",
    ]


def test_all_else_is_left_as_it_was_written():
    (mutant,) = [each for each in mutants_of("def f(a):\n    # why\n    return (a   <  '3')\n") if "<=" in each.name]

    assert mutant.source == "def f(a):\n    # why\n    return (a   <=  '3')\n"
    assert mutant.line == 3 and mutant.place == "f"


def test_columns_are_counted_in_characters():
    (mutant,) = [each for each in mutants_of('def f(a):\n    return "größe", a < 3\n') if "<=" in each.name]

    assert mutant.source.endswith('"größe", a <= 3\n')


def test_a_diff_has_three_lines_around_what_is_different():
    source = "A = 1\n\n\ndef f(a):\n    b = a\n    c = b\n    return a < c\n"
    diff = next(each for each in mutants_of(source) if "<=" in each.name).diff().splitlines()

    assert diff[:2] == ["--- solution", "+++ mutant"]
    assert diff[3:] == [" def f(a):", "     b = a", "     c = b", "-    return a < c", "+    return a <= c"]


@pytest.mark.parametrize("path", SOLUTIONS.values(), ids=SOLUTIONS)
def test_no_two_mutants_of_a_solution_are_the_same_program(path):
    source = path.read_text(encoding="utf-8")
    mutants = mutants_of(source)
    programs = {ast.dump(ast.parse(each.source)) for each in mutants}

    assert len(programs | {ast.dump(ast.parse(source))}) == len(mutants) + 1
    assert len({each.name for each in mutants}) == len(mutants) >= 1
    assert all(each.diff().count("\n@@") == 1 for each in mutants)
