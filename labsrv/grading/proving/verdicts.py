"""What an answer came to, held against what it has to come to: a fault, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from labsrv.grading.course.report import CheckResult, Report
from labsrv.grading.proving.answers import MUTANT, NEAR_MISS, OTHER, SOLUTION, STUB, KnownAnswer

# The kinds of faults, the worst ones first.
CHANGES = "a verdict that changes"
BROKE = "a check that broke"
REFUSED = "a right answer refused"
STUBBED = "a stub that is none"
MISSED = "a near miss let through"
SURVIVED = "a mutant that survives"
STALE = "a listed mutant to be taken off the list"
LACKING = "an answer that is lacking"
GRAVITY = [CHANGES, BROKE, REFUSED, STUBBED, MISSED, SURVIVED, STALE, LACKING]

STOPPED = "still running"  # what is said of an answer that had to be stopped begins with it


@dataclass(frozen=True)
class Run:
    """An answer judged once, with a seed: the report, or why there is none."""

    seed: str
    report: Report | None
    problem: str = ""
    seconds: float = 0.0

    @property
    def outcomes(self) -> dict[str, str]:
        """Return what each check came to by its name."""
        return {each.name: each.outcome for each in self.report.checks} if self.report else {}

    @property
    def refused_by(self) -> CheckResult | None:
        """Return the first check that was not passed."""
        return next((each for each in self.report.checks if each.outcome != "passed"), None) if self.report else None


@dataclass(frozen=True)
class Fault:
    """What is wrong with the proof, in `said`; `diff` and `nearest` are a surviving mutant's."""

    kind: str
    exercise: str
    answer: str
    said: str
    line: int = 0
    diff: str = ""
    nearest: str = ""


def fault_of(answer: KnownAnswer, runs: Sequence[Run], reason: str | None = None) -> Fault | None:
    """Return what is wrong with an answer that was judged so often, or None. `reason` is why a mutant is listed."""
    kind, said = what_is_wrong(answer, runs, reason)
    if not said:
        return None
    line, diff = (answer.mutant.line, answer.mutant.diff()) if answer.mutant else (0, "")
    return Fault(kind, answer.exercise.name, str(answer), said, line, diff if kind in (SURVIVED, CHANGES) else "")


def what_is_wrong(answer: KnownAnswer, runs: Sequence[Run], reason: str | None) -> tuple[str, str]:
    """Return the kind of fault and a sentence; an empty sentence for none."""
    if said := change(runs) or "":
        return CHANGES, said
    for run in runs:
        if said := broken(run, answer):
            return BROKE, said

    first = runs[0]
    if answer.kind == STUB:
        return STUBBED, wrong_with_stub(first)
    if answer.kind in (SOLUTION, OTHER):
        return REFUSED, refusal(first)
    if answer.kind == NEAR_MISS:
        return MISSED, missed(answer, first)
    if reason is not None:
        return STALE, "" if survives(first) else f"it is noticed: {refusal(first)}"
    return SURVIVED, "no check notices it" if survives(first) else ""


def change(runs: Sequence[Run]) -> str:
    """Tell which check changes its mind between runs with different seeds, and what it says then."""
    for run in runs[1:]:
        for name, before in runs[0].outcomes.items():
            after = run.outcomes.get(name, before)  # a mutant's run ends where it is noticed
            if before != after:
                failing = run if before == "passed" else runs[0]
                kept = sum(each.outcomes.get(name) == "passed" for each in runs)
                return (
                    f"{name}: {before} with seed {runs[0].seed}, {after} with seed {run.seed}"
                    f" (passed {kept} of {len(runs)} times){message(failing, name)}"
                )
        if bool(runs[0].report) != bool(run.report):
            return (
                f"with seed {runs[0].seed}: {runs[0].problem or 'judged'}; with {run.seed}: {run.problem or 'judged'}"
            )
    return ""


def message(run: Run, name: str) -> str:
    """Return what a check said."""
    said = [each.message for each in run.report.checks if each.name == name] if run.report else []
    return f": {said[0]}" if said and said[0] else ""


def broken(run: Run, answer: KnownAnswer) -> str:
    """Tell what broke that should not, whatever the answer; a mutant may keep checks busy until they are stopped."""
    if run.report is None:
        return "" if answer.kind == MUTANT and run.problem.startswith(STOPPED) else run.problem
    return next((f"{each.name}: {each.message}" for each in run.report.checks if each.outcome == "broken"), "")


def wrong_with_stub(run: Run) -> str:
    """Tell what a stub does that it should not: it runs, honest use passes, and nothing is earned."""
    assert run.report
    if not run.report.out_of:
        return "there is no point to be had"
    for each in run.report.checks:
        if (each.outcome == "passed") != (each.out_of == 0):
            return f"{each.name} {each.outcome}{': ' if each.message else ''}{each.message}"
    return ""


def refusal(run: Run) -> str:
    """Tell which check refused an answer, if one did."""
    if run.report is None:
        return run.problem
    refused = run.refused_by
    return f"{refused.name} {refused.outcome}: {refused.message}" if refused else ""


def missed(answer: KnownAnswer, run: Run) -> str:
    """Tell why a near miss is none, or was not caught by what it names."""
    if not answer.caught_by:
        return "its docstring should begin with `Caught by: test_…. Why it looked right.`"
    found = run.outcomes
    if answer.caught_by not in found:
        return f"there is no check {answer.caught_by}"
    if found[answer.caught_by] != "failed":
        return f"{answer.caught_by} {found[answer.caught_by]}; {refusal(run) or 'it earns everything'}"
    return "" if "passed" in found.values() else "it fails everything: that is no near miss"


def survives(run: Run) -> bool:
    """Tell whether an answer keeps every promise."""
    return run.report is not None and run.report.done
