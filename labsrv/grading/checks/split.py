"""The checks of one exercise shared among runners, so that a save is judged sooner, and one report of what they say.

WarmRunners ──part 1 of 2──▶ runner     each judges its share, and waits for no check that the other one has
         └────part 2 of 2──▶ runner     merged(…): one report, in which waits what has to wait
"""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from labsrv.grading.course.exercises import Exercise
from labsrv.grading.course.report import CheckResult, Report
from labsrv.grading.forks.orders import RunnerAnswer

UNUSABLE = "waits until the file can be used"
MOST = 2


def how_many() -> int:
    """Return among how many runners the checks are shared on this machine."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST)


def share(points: Mapping[str, int], part: int, of: int) -> list[str]:
    """Return the names of the checks in one part: every nth, and honest use in each, without which nothing is judged.

    `points` has all checks in their order.
    """
    names = list(points)[part::of]
    honest = [name for name in points if not points[name]]
    return names if not honest or set(honest) & set(names) else [honest[0], *names]


def waits_for(
    points: int, after: str | None, earlier: Mapping[str, CheckResult], *, prefix: str = "", of_all: bool = True
) -> str | None:
    """Return why a check can't be judged yet, or None.

    `earlier` has what was judged before, `of_all` whether that is all there is.
    """
    if points:
        for each in earlier.values():
            if each.out_of == 0 and each.outcome != "passed":
                return f"waits for honest use: {each.promise}"
    if not after:
        return None

    before = earlier.get(f"{prefix}{after}") or earlier.get(after)
    if before is None:
        return f"waits for: {after}" if of_all else None
    return None if before.outcome == "passed" else f"waits for: {before.promise}"


def merged(exercise: Exercise, answers: Sequence[RunnerAnswer]) -> Report:
    """Return one report of what runners have answered for their parts of an exercise."""
    found: dict[str, CheckResult] = {}
    unusable: set[str] = set()
    for answer in answers:
        checks = [check for row in answer["reports"] for check in Report.from_json(row).checks]
        unusable |= {check.name for check in checks if answer["unusable"] and check.outcome == "failed"}
        found = {check.name: check for check in checks} | found

    return Report(exercise.name, exercise.title, in_order(found, exercise.after(), unusable))


def in_order(
    found: Mapping[str, CheckResult],
    after: Mapping[str, str | None],
    unusable: Collection[str] = (),
    *,
    of_all: bool = True,
) -> list[CheckResult]:
    """Return results in the order of the checks, in which waits what has to wait, in whatever order they ran.

    `after` has the checks in their order, each with the one that it comes after; `unusable` names those that found the
    submission of no use.
    """
    judged: dict[str, CheckResult] = {}
    for name in sorted(found, key=lambda name: list(after).index(name) if name in after else -1):
        check = found[name]
        reason = waits_for(check.out_of, after.get(name), judged, of_all=of_all)
        if any(each in judged for each in unusable):
            reason = UNUSABLE
        judged[name] = waiting(check, reason) if reason else check
    return list(judged.values())


def waiting(check: CheckResult, reason: str) -> CheckResult:
    """Return a check as one that waits."""
    return replace(check, outcome="waiting", points=0, message=reason)
