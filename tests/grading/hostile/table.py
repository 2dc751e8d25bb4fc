"""The numbered table of hostile submissions. `python -m tests.grading.hostile.table` prints it."""

from tests.grading.hostile import (
    answers,
    decisions,
    floods,
    forged,
    frameworks,
    knowing,
    lent,
    network,
    others,
    processes,
    reading,
    services,
)
from tests.grading.hostile.rows import Row

ROOMS = (floods, processes, others, reading, decisions, frameworks, services, lent, forged, knowing, network, answers)
TABLE: dict[str, Row] = {name: row for room in ROOMS for name, row in room.ROWS.items()}

if __name__ == "__main__":
    print(f" no  {'submission':64} {'exercise':26} points   bound on its effect")
    for number, (name, row) in enumerate(TABLE.items(), 1):
        print(f"{number:3}  {name:64} {row.exercise:26} {row.gives:6}   {row.bound}")
