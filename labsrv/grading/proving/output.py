"""What is said of a proof: a table of the exercises, then the faults, the worst ones first; or JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from labsrv.grading.classroom.output.csv_export import printable
from labsrv.grading.classroom.output.progress_bar import duration
from labsrv.grading.proving.answers import MUTANT, NEAR_MISS, OTHER, SOLUTION, STUB
from labsrv.grading.proving.findings import ExerciseProof
from labsrv.grading.proving.verdicts import GRAVITY, SURVIVED, Fault

COLUMNS = {STUB: "Stub", SOLUTION: "Solution", OTHER: "Others", NEAR_MISS: "Near misses"}
DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}


class ProofSummary:
    """The end of a proof."""

    def __init__(self, found: Sequence[ExerciseProof], seconds: float):
        self.found = found
        self.seconds = seconds
        self.faults = sorted(
            (fault for each in found for fault in each.faults), key=lambda each: GRAVITY.index(each.kind)
        )

    def __rich__(self) -> RenderableType:
        return Group(self.headline(), Text(), self.table(), *(line for each in self.faults for line in told(each)))

    def headline(self) -> RenderableType:
        """Say how it went."""
        judged = sum(sum(each.there.values()) for each in self.found)
        faults = f"{len(self.faults)} fault{'' if len(self.faults) == 1 else 's'}." if self.faults else "Proved."
        style = "bold red" if self.faults else "bold green"
        return Text.assemble((faults, style), f"  {judged:,} answers judged in {duration(self.seconds)}")

    def table(self) -> RenderableType:
        """Return how many answers of each kind are as they should be."""
        table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
        table.add_column("Exercise")
        for column in (*COLUMNS.values(), "Mutants killed", "Listed", "Survivors"):
            table.add_column(column, justify="right")
        for each in self.found:
            of_each = [f"{each.right[kind]}/{each.there[kind]}" if kind in each.there else "–" for kind in COLUMNS]
            made = each.there.get(MUTANT)
            killed = f"{each.killed}/{made}" if made else "–"
            alive = sum(fault.kind == SURVIVED for fault in each.faults)
            table.add_row(each.exercise.name, *of_each, killed, str(each.excused or ""), str(alive or ""))
        return table


def told(fault: Fault) -> Iterator[RenderableType]:
    """Yield the lines about one fault."""
    yield Text()
    yield Text.assemble((f"{fault.kind}: ".capitalize(), "bold red"), fault.exercise, "  ", printable(fault.answer))
    yield Text(f"  {printable(fault.said)}")
    for line in fault.diff.splitlines()[2:]:
        yield Text(f"    {printable(line)}", style=DIFF_STYLES.get(line[:1], "dim"), no_wrap=True)
    if fault.nearest:
        yield Text(f"  Came nearest: {fault.nearest}.")


def as_json(found: Sequence[ExerciseProof], seed: str, seconds: float) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "proved": not any(each.faults for each in found),
        "seed": seed,
        "seconds": round(seconds, 1),
        "exercises": [
            {
                "exercise": each.exercise.name,
                "runs": each.runs,
                "right": each.right,
                "there": each.there,
                "killed": each.killed,
                "listed": each.excused,
                "seconds": round(each.seconds, 1),
                "faults": [vars(fault) for fault in each.faults],
            }
            for each in found
        ],
    }
