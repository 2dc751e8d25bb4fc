"""Checks run in an order that is drawn for each run, and what they come to does not depend on it."""

from types import SimpleNamespace

import pytest

from labsrv.grading.checks.order import mixed
from labsrv.grading.checks.scoring import GRADING
from labsrv.grading.checks.split import in_order
from labsrv.grading.course.exercises import exercises
from labsrv.grading.course.promises import promise
from labsrv.grading.course.report import CheckResult


def made(tmp_path):
    """Return four honest checks and four attacks of two rows each; the last three come after one another."""

    def named(name, **more):
        def check():
            """Hold."""

        check.__name__ = name
        return promise(**more)(check)

    honest = [named(f"test_honest_{n}") for n in range(4)]
    attacks = [named("test_alone", points=1)]
    for n in range(3):
        attacks.append(named(f"test_attack_{n}", points=1, after=attacks[-1] if n else None))
    folder = tmp_path / "exercises" / "02_sessions"
    config = SimpleNamespace(stash={GRADING: SimpleNamespace(folder=folder.parent)}, getoption=lambda name: None)
    return [
        SimpleNamespace(
            originalname=each.__name__, function=each, path=folder / "test_x.py", config=config, stash={}, row=row
        )
        for each in honest + attacks
        for row in range(2)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_each_check_comes_after_the_one_that_it_waits_for_with_its_rows_together(seed, tmp_path):
    items = made(tmp_path)
    order = mixed(items, str(seed))
    names = list(dict.fromkeys(each.originalname for each in order))

    assert sorted(map(id, order)) == sorted(map(id, items))
    assert [each.row for each in order] == [0, 1] * 8
    assert names[0] == "test_honest_0"
    assert names.index("test_attack_0") < names.index("test_attack_1") < names.index("test_attack_2")


def test_an_order_belongs_to_its_seed_and_hides_where_honest_use_ends(tmp_path):
    items = made(tmp_path)
    orders = [[each.originalname for each in mixed(items, str(seed))] for seed in range(40)]
    last_honest = {max(place for place, name in enumerate(order) if "honest" in name) for order in orders}

    assert [each.originalname for each in mixed(items, "7")] == orders[7]
    assert len({tuple(order) for order in orders}) > 35
    assert len(last_honest) > 4


OUTCOMES = {
    "honest use that breaks late": ({"h": "passed", "a": "passed", "g": "failed"}, ["passed", "failed", "waiting"]),
    "all kept": ({"a": "passed", "g": "passed", "h": "passed"}, ["passed", "passed", "passed"]),
    "an attack that succeeds": ({"a": "failed", "h": "passed", "g": "passed"}, ["passed", "passed", "failed"]),
}


@pytest.mark.parametrize(("ran", "wanted"), OUTCOMES.values(), ids=OUTCOMES)
def test_what_has_to_wait_waits_whatever_ran_first(ran, wanted):
    found = {
        name: CheckResult(name, f"Promise {name}.", outcome, int(name == "a" and outcome == "passed"), int(name == "a"))
        for name, outcome in ran.items()
    }
    after = {"h": None, "g": None, "a": None}
    judged = in_order(found, after)

    assert [each.name for each in judged] == list(after)
    assert [each.outcome for each in judged] == wanted
    assert judged[2].points == (1 if wanted[2] == "passed" else 0)


def test_every_exercise_has_an_honest_check_first():
    """The one check whose place is known earns nothing."""
    for exercise in exercises():
        first = next(iter(exercise.after()))
        assert first in exercise.needed_for([]), exercise.name
