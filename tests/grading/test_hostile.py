"""Hostile submissions get nothing: no point, no file, no word to anybody outside, and nobody else notices.

The table is in `hostile/`. Here every twelfth row of it runs as whoever we are, and another twelfth as an ordinary user
where we are root; AUTHLAB_HOSTILE=all runs all rows as both. Which rows a single layer of the sandbox holds is printed
by `python -m tests.grading.hostile.layers`; the clearest of them are held against it here.
"""

import importlib
import json
import os
import re
import subprocess
import sys
import tempfile

import pytest

from labsrv.grading.course.exercises import root
from labsrv.grading.sandbox import LAYERS, available
from labsrv.grading.system.processes import CAN_FORK
from tests.grading.classroom import class_room
from tests.grading.hostile.ground import ground
from tests.grading.hostile.rows import HONEST
from tests.grading.hostile.run import survivors
from tests.grading.hostile.table import TABLE

EVERY = 1 if os.environ.get("AUTHLAB_HOSTILE") == "all" else 12
RUN = ["-m", "tests.grading.hostile.run"]
AS_NOBODY = ["-m", "tests.grading.hostile.ordinary", "tests.grading.hostile.run"]

# Rows that get something as soon as one layer is missing: it alone holds them.
HELD_BY = {
    "pid": ["finds processes by asking for their priority"],
    "mount": ["whether a file is there"],
    "limits": ["a file with a terabyte of nothing", "takes its limits off"],
    "seccomp": ["files in memory", "System V shared memory", "files by their handles"],
}

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not CAN_FORK, reason="the sandbox's namespaces, Landlock and seccomp are Linux's"
)


@pytest.fixture(scope="module")
def whole():
    """Skip where a layer is missing: what it would hold is not held."""
    missing = {layer: why for layer, why in available().items() if why}
    if missing:
        pytest.skip(f"this machine lacks a layer of the sandbox: {missing}")


def let_loose(command, *options, folder):
    """Run a part of the table in a process of its own; return the rows and what concerns the run."""
    environment = os.environ | {"TMPDIR": str(folder), "HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, *command, *options], cwd=root(), env=environment, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *rows, last = map(json.loads, done.stdout.splitlines())
    return rows, last


@pytest.fixture
def open_folder():
    """Return a folder for everybody's temporary files: nobody has to get at it."""
    with tempfile.TemporaryDirectory(prefix="al-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o1777)
        yield folder


USERS = {"as we are": (RUN, 1)} | ({"as nobody": (AS_NOBODY, 4)} if os.geteuid() == 0 else {})


@pytest.mark.parametrize(("command", "first"), USERS.values(), ids=USERS)
def test_nothing_is_got_by_hostile_submissions(command, first, open_folder, whole, record_figure, request):
    rows, last = let_loose(command, f"--every={EVERY}", f"--first={first}", folder=open_folder)
    got = {row["name"]: row["wrong"] for row in rows if row["wrong"]}

    assert not got, json.dumps(got, indent=2)
    assert len(rows) == sum(number % EVERY == first % EVERY for number in range(1, len(TABLE) + 1))
    assert last["victims_changed"] == [] and last["full"] == 5, "somebody else's grade has changed"
    assert last["descriptors"][0] == last["descriptors"][1]
    assert last["memory"][1] - last["memory"][0] < 96, "the grader has grown by more than 96 MiB"
    assert last["layers"] == [" ".join(sorted(LAYERS))]
    assert last["user"] == (65534 if command is AS_NOBODY else os.geteuid())
    said = f"{len(rows)} of {len(TABLE)} rows: points, leaks and survivors 0, {last['victims']} victims unchanged"
    record_figure(f"hostile submissions, {request.node.callspec.id}", said)


def test_a_class_of_hostile_students_changes_nobodys_grade(tmp_path, monkeypatch, whole):
    """The class grader, two at a time: honest students sit between hostile ones and get what is theirs."""
    rows = [row for row in TABLE.values() if row.exercise.endswith("00_template") and not row.size][::15]
    with ground() as place:
        monkeypatch.setenv("AUTHLAB_COURSE", str(place.course))
        for number, row in enumerate(rows):
            for student, text in {f"{number:02}-hostile": row.text, f"{number:02}-honest": HONEST}.items():
                file = tmp_path / "class" / student / "00_start_here" / "00_template.py"
                file.parent.mkdir(parents=True)
                file.write_text(place.text(text, 1))
        options = ("--only", "00_start_here/00_template", "--jobs", "2", "--require-sandbox")
        done = class_room.grade(tmp_path / "class", tmp_path / "grades", *options)
        left = survivors(place.course, 0)
        heard, changed = place.heard, place.changes()

    assert done.returncode == 0, done.stderr
    wanted = {f"{number:02}-hostile": row.gives for number, row in enumerate(rows)}
    wanted |= {f"{number:02}-honest": 5 for number in range(len(rows))}
    assert class_room.points(tmp_path / "grades") == wanted
    assert (left, heard, changed) == ([], [], [])


@pytest.mark.parametrize("layer", HELD_BY)
def test_a_layer_holds_what_no_other_does(layer, open_folder, whole):
    """Without the one layer these rows get something: the table can tell, and the layer is needed."""
    names = [option for name in HELD_BY[layer] for option in ("--only", name)]
    rows, _ = let_loose(RUN, f"--without={layer}", *names, folder=open_folder)

    assert [row["name"] for row in rows if row["wrong"]] == HELD_BY[layer]


def test_the_table_has_every_kind():
    """Each kind of misdeed that one can think of has its rows, and each row a bound."""
    assert len(TABLE) > 150
    assert all(row.bound for row in TABLE.values())


def test_every_row_reaches_for_what_is_there():
    """A stale name in a row would raise there, earn nothing, and count as held."""
    serving = importlib.import_module("labsrv.grading.submission.serve")
    for name, row in TABLE.items():
        for module, member in re.findall(r'sys\.modules\["(labsrv[\w.]+)"\](?:\.([A-Za-z]\w+))?', row.text):
            found = importlib.import_module(module)
            assert not member or hasattr(found, member), f"{name}: {module} has no {member}"
        for member in re.findall(r'type\(each\)\.__name__ == "(\w+)"', row.text):
            assert hasattr(serving, member), f"{name}: nothing that serves is a {member}"
