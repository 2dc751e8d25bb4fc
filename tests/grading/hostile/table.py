"""The numbered table of hostile submissions. `python -m tests.grading.hostile.table` prints it."""

from tests.grading.hostile import floods, frameworks, network, processes, reading
from tests.grading.hostile.rows import Row

TABLE: dict[str, Row] = floods.ROWS | processes.ROWS | reading.ROWS | frameworks.ROWS | network.ROWS

if __name__ == "__main__":
    print(
        " no  submission                                                       exercise                    points  bound"
    )
    for number, (name, row) in enumerate(TABLE.items(), 1):
        print(f"{number:3}  {name:64} {row.exercise:26} {row.gives:6}   {row.bound}")
