"""Let the hostile submissions loose and print, as JSON lines, what each of them came to.

    python -m tests.grading.hostile.run [--without landlock] [--only "the solution"] [--every 3 --first 2]

The last line has what concerns the whole run: the victims' grades, the grader's memory and descriptors, the layers.
"""

import argparse
import gc
import json
import os
import re
import time
from pathlib import Path
from typing import Any

from tests.grading.hostile.ground import Ground, ground
from tests.grading.hostile.rows import HONEST, Row
from tests.grading.hostile.table import TABLE

SLOW = "still running|never finishes"  # which on a busy machine is a reason as well
# Seconds for an answer and for an import: few for those who mean to use them up, as usual for honest ones.
LITTLE, USUAL = (0.8, 1.5), (3.0, 7.0)
VICTIM_EVERY = 12
# What moves a cursor or turns the direction of writing.
UNSEEN = "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"


class Run:
    """One run over a ground, in one grader process."""

    def __init__(self, place: Ground):
        from labsrv.grading.checks.run import run
        from labsrv.grading.course.exercises import find
        from labsrv.grading.forks.shared import shared_zygote
        from labsrv.grading.submission import process

        self.place, self.run, self.find, self.process = place, run, find, process
        self.said: list[str] = []
        self.layers: set[str] = set()
        self.listen_to(process.SubmissionProcess)
        self.zygote = shared_zygote().process.pid

    def listen_to(self, process: Any) -> None:
        """Note all that submissions print, in reports or not, and which layers they were in."""
        end = process.end

        def note_and_end(self_: Any) -> None:
            end(self_)
            self.said.append(self_.output.text)
            self.layers |= {" ".join(sorted(self_.layers))}

        process.end = note_and_end

    def grade(self, exercise: str, text: str, honest: bool, seed: str | None = None, size: int = 0) -> Any:
        """Return the report on a submission's text."""
        self.process.CALL_SECONDS, self.process.IMPORT_SECONDS = USUAL if honest else LITTLE
        (wanted,) = self.find(exercise)
        path = self.place.own / f"{wanted.stem}.py"
        path.write_text(text)
        if size:
            os.truncate(path, size)
        try:
            (report,) = self.run([wanted], path, seed)
            return report
        finally:
            path.unlink()

    def judge(self, row: Row) -> dict[str, Any]:
        """Grade a row and return what is wrong with what became of it."""
        self.said.clear()
        began, heard = time.monotonic(), len(self.place.heard)
        report = self.grade(row.exercise, self.place.text(row.text, self.zygote), row.gives > 0, size=row.size)
        seconds = time.monotonic() - began
        told = "\n".join(each.message for each in report.checks)
        everything = told + "\n".join(self.said)
        broken = [
            f"{each.name}: {each.message}"[:300]
            for each in report.checks
            if each.outcome == "broken" and not row.may_break
        ]
        wrong = {
            "points": report.points - row.gives,
            "leaks": sorted(set(re.findall(r"LEAK[^\n]*", everything)))
            + ["the canary"] * (self.place.canary in everything),
            "heard": self.place.heard[heard:],
            "survivors": survivors(self.place.course, self.zygote),
            "changed": self.place.changes(),
            "bystander": self.bystander(),
            "control characters": sorted(set(re.findall(UNSEEN, told))),
            "longer than a screen": [each.name for each in report.checks if each.message.count("\n") > 40],
            "broken": broken,
            "untold": told[:300] if row.says and not re.search(f"{row.says}|{SLOW}", told) else "",
        }
        return {"seconds": round(seconds, 2), "wrong": {key: value for key, value in wrong.items() if value}}

    def bystander(self) -> str:
        """Return "dead" if the bystander is."""
        return "dead" if self.place.bystander.poll() is not None else ""

    def victim(self) -> list[Any]:
        """Return the grades of an honest student."""
        report = self.grade("00_start_here/00_template", HONEST, True, seed="7")
        return [report.points, *(each.outcome for each in report.checks)]


def survivors(course: Path, zygote: int, patience: float = 3.0) -> list[str]:
    """Return the processes that carry this course in their environment, but for the zygote and ourselves."""
    end = time.monotonic() + patience
    while (left := [each for each in carriers(course) if each not in (zygote, os.getpid())]) and time.monotonic() < end:
        time.sleep(0.02)
    return [str(each) for each in left]


def carriers(course: Path) -> list[int]:
    """Return the processes that were started for this course."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            alive = " Z " not in (folder / "stat").read_text()
        except OSError:
            continue
        if f"AUTHLAB_COURSE={course}\0".encode() in environment and alive:
            found.append(int(folder.name))
    return found


def memory() -> int:
    """Return this process's memory in MiB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20


def descriptors() -> int:
    """Return how many descriptors are open."""
    return len(os.listdir("/proc/self/fd"))


def main() -> None:
    """Run the chosen rows."""
    options = argparse.ArgumentParser()
    options.add_argument("--without", default="")
    options.add_argument("--only", action="append", help="a row's name, or a part of it")
    options.add_argument("--every", type=int, default=1, help="take every n-th row only")
    options.add_argument("--first", type=int, default=0, help="beginning with this one")
    chosen = options.parse_args()
    os.environ["AUTHLAB_SANDBOX_WITHOUT"] = chosen.without
    with ground() as place:
        os.environ["AUTHLAB_COURSE"] = str(place.course)
        os.environ["SECRET_OF_THE_GRADER"] = place.canary
        run = Run(place)
        rows = [
            (number, name, row)
            for number, (name, row) in enumerate(TABLE.items(), 1)
            if number % chosen.every == chosen.first % chosen.every
            and (not chosen.only or any(each in name for each in chosen.only))
        ]
        victims = [run.victim(), run.victim()]
        before = memory(), descriptors()
        for count, (number, name, row) in enumerate(rows, 1):
            print(json.dumps({"row": number, "name": name, **run.judge(row)}), flush=True)
            if count % VICTIM_EVERY == 0:
                victims.append(run.victim())
        victims.append(run.victim())
        last = {"victims": len(victims), "victims_changed": [each for each in victims if each != victims[0]]}
        last |= {"full": victims[0][0], "layers": sorted(run.layers), "user": os.geteuid()}
        last |= {"memory": [before[0], memory()], "descriptors": [before[1], descriptors()]}
        print(json.dumps(last), flush=True)


if __name__ == "__main__":
    main()
