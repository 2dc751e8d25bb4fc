"""Exercises with a race, graded many times through hosts: solutions must keep every promise, near misses break theirs.

    python3 lab.py bench races

AUTHLAB_LESSONS names the lessons, "04_passwordless 08_sso", all by default. AUTHLAB_ROUNDS is how often each file is
graded, 50 unless it says otherwise, by the checks with a race in them and those that they wait for. Near misses are
those that such a check catches.
"""

import contextlib
import os

from rich.progress import track

from labsrv.grading.classroom.jobs import Job
from labsrv.grading.classroom.worker_client import JOB_SECONDS, Worker
from labsrv.grading.course.exercises import Exercise, exercises
from labsrv.grading.proving import answers
from labsrv.grading.proving.answers import KnownAnswer
from labsrv.grading.proving.races import racing

ROUNDS = int(os.environ.get("AUTHLAB_ROUNDS", "50"))
LESSONS = os.environ.get("AUTHLAB_LESSONS", "").split()


def near_misses(exercise: Exercise) -> list[KnownAnswer]:
    """Return the near misses that a check with a race in it catches."""
    return [each for each in answers.near_misses(exercise) if each.caught_by in racing(exercise)]


def measure() -> None:
    """Print the wrong verdicts of each kind, by exercise."""
    wanted = [each for each in exercises() if racing(each) and (not LESSONS or each.name.split("/")[0] in LESSONS)]
    with contextlib.closing(Worker([each.name for each in wanted], None)) as worker:

        def outcomes(answer: KnownAnswer) -> dict[str, str]:
            only = tuple(answer.exercise.needed_for(racing(answer.exercise)))
            worker.send(Job("", answer.exercise, None, "0", "", only), answer.source.encode())
            return {each["name"]: each["outcome"] for each in worker.receive(JOB_SECONDS)["report"]["checks"]}

        print(f"{'':34} solution refused   near misses let pass   of {ROUNDS} each", flush=True)
        for exercise in wanted:
            solution, missed = answers.solution(exercise), near_misses(exercise)
            refused, passed = 0, 0
            for _ in track(range(ROUNDS), exercise.name, transient=True):
                refused += set(outcomes(solution).values()) != {"passed"}
                passed += sum(outcomes(each)[each.caught_by or ""] != "failed" for each in missed)
            print(
                f"{exercise.name:34} {refused:16}   {passed:5} ({', '.join(each.name for each in missed)})", flush=True
            )


if __name__ == "__main__":
    measure()
