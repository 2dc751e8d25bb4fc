"""The sandbox: which layers there are, that honest work goes on with any of them missing, and what each refuses."""

import errno
import os
import struct
import textwrap

import pytest

from labsrv.grading.checks.run import run
from labsrv.grading.course.exercises import find, root
from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.sandbox import LAYERS, WITHOUT, available, reading, seccomp
from labsrv.grading.submission.budget import Budget
from labsrv.grading.system.linux import Missing
from labsrv.grading.system.processes import CAN_FORK
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab

pytestmark = pytest.mark.skipif(
    not CAN_FORK, reason="without fork each process is a new process, bounded by limits alone"
)

# Honest work of all kinds: what is imported late, files of one's own, time, threads, text of all alphabets.
HONEST_WORK = """
    import concurrent.futures, datetime, hashlib, secrets, tempfile, zoneinfo

    def may_enter(tickets, number):
        import sqlite3, uuid
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda ticket: secrets.compare_digest(ticket.encode(), number.encode()), tickets))
        assert datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Vienna")).utcoffset()
        assert sqlite3.connect(":memory:").execute("select 1").fetchone() == (1,)
        assert uuid.uuid4() and hashlib.sha256(number.encode()).digest()
        print("Grüße aus der Teestube", tempfile.gettempdir() if SCRATCH else "")
        if SCRATCH:
            with tempfile.TemporaryFile() as file:
                file.write(bytes(1 << 20))
        return any(found)
"""


@pytest.fixture(scope="module")
def here():
    """Return the layers that this machine has."""
    return [layer for layer, missing in available().items() if not missing]


def graded(text, tmp_path):
    path = tmp_path / "00_template.py"
    path.write_text(textwrap.dedent(text))
    (report,) = run(find("00_template"), path)
    return report


@pytest.fixture
def opened():
    """Open an exercise's solution at its server."""
    fork_server = shared_zygote().fork_server()
    (exercise,) = find("00_template")
    yield lambda: fork_server.open(exercise.technique, exercise.solution, exercise.decisions())
    fork_server.close()


@pytest.fixture
def lab():
    lab = Lab("start_here", place=FirstNumber(), hash_cost="low", listens=False)
    yield lab
    lab.stop()


def test_each_layer_is_there_or_says_why_not(record_figure):
    found = available()

    assert list(found) == list(LAYERS)
    record_figure("sandbox, layers here", ", ".join(layer for layer, missing in found.items() if not missing))


def test_code_under_test_knows_in_which_layers_its_processes_are(opened, lab, here, monkeypatch):
    code = opened()
    code.fork(lab).end()
    assert sorted(code.layers) == sorted(here)

    monkeypatch.setenv(WITHOUT, "landlock, seccomp")
    code = opened()
    code.fork(lab).end()
    assert sorted(code.layers) == sorted(set(here) - {"landlock", "seccomp"})
    assert code.missing["landlock"] == "switched off"


@pytest.mark.parametrize("without", ["", *LAYERS, " ".join(LAYERS)], ids=lambda each: f"without {each or 'nothing'}")
def test_honest_work_goes_on(without, tmp_path, monkeypatch, here):
    monkeypatch.setenv(WITHOUT, without)
    scratch = "mount" in here and "mount" not in without.split()
    report = graded(f"SCRATCH = {scratch}\n" + textwrap.dedent(HONEST_WORK), tmp_path)

    assert report.points == report.out_of, [each.message for each in report.checks]


def test_every_host_begins_alike(tmp_path, here):
    """Nothing that a process can count tells how many there were before it."""
    report = graded(
        """
        import os, threading
        IMPORTED = os.getpid(), os.getppid(), threading.active_count(), os.listdir(".")
        def may_enter(tickets, number):
            raise RuntimeError(IMPORTED)
        """,
        tmp_path,
    )
    first, second = (each.message.split("RuntimeError")[1].splitlines()[0] for each in report.checks[:2])

    if {"pid", "mount"} <= set(here):
        assert first == second
        assert first.startswith(": (1, 0, 1, []")


def test_a_host_that_lacks_a_layer_is_not_used(opened, lab, monkeypatch):
    code = opened()
    code.layers = ["one that was there before"]
    with pytest.raises(RuntimeError, match="incomplete"):
        code.fork(lab)


def test_the_environment_is_bare(tmp_path, monkeypatch):
    monkeypatch.setenv("A_TOKEN", "a word that only the grader knows")
    report = graded("import os\ndef may_enter(tickets, number):\n    raise RuntimeError(sorted(os.environ))", tmp_path)
    said = report.checks[0].message

    assert "RuntimeError" in said and "A_TOKEN" not in said and "AUTHLAB" not in said


def test_python_is_readable_and_the_course_is_not():
    paths = [os.path.realpath(each) for each in reading.readable("sessions")]
    closed = [root() / name for name in ("solutions", "exercises", "tests", ".git")]
    closed += [reading.LABSRV / "labs" / "sessions" / "secure", reading.LABSRV / "grading"]
    closed += [reading.LABSRV / party / "secure" for party in ("provider", "relying_party")]

    assert os.path.realpath(os.path.dirname(os.__file__)) in paths
    assert str(reading.LABSRV / "kit") in paths
    for each in closed:
        assert not [path for path in paths if each.resolve().is_relative_to(path)], each


def test_of_a_folder_with_the_course_in_it_only_the_rest_is_readable(tmp_path):
    """Installed as a package, labsrv lies among the libraries; installed for work on it, its folder is on the path."""
    libraries = tmp_path / "site-packages"
    for name in ("flask", "labsrv", "jinja2"):
        (libraries / name).mkdir(parents=True)
    labsrv = libraries / "labsrv"

    assert reading.without(libraries, [labsrv]) == [libraries / "flask", libraries / "jinja2"]
    assert reading.without(libraries / "flask", [labsrv]) == [libraries / "flask"]
    assert reading.without(labsrv, [labsrv]) == []
    assert reading.without(tmp_path, [labsrv]) == [], "a folder that happens to be on the path"


# Seccomp -------------------------------------------------------------------------------------------------------------

ALLOWED, REFUSED, NO_SUCH_CALL = "allowed", f"error {errno.EPERM}", f"error {errno.ENOSYS}"
CALLS = {
    "read": ((0, 63), (), ALLOWED),
    "openat": ((257, 56), (), ALLOWED),
    "a thread": ((56, 220), (0x3D0F00,), ALLOWED),
    "a fork": ((56, 220), (0x1200011,), ALLOWED),
    "a fork into a user namespace": ((56, 220), (0x10000011,), REFUSED),
    "a fork into a network namespace": ((56, 220), (0x40000011,), REFUSED),
    "clone3": ((435, 435), (), NO_SUCH_CALL),
    "ptrace": ((101, 117), (), REFUSED),
    "execve": ((59, 221), (), REFUSED),
    "socket": ((41, 198), (), REFUSED),
    "io_uring": ((425, 425), (), REFUSED),
    "prctl, to die with the parent": ((157, 167), (1, 9), ALLOWED),
    "prctl, not to die with the parent": ((157, 167), (1, 0), REFUSED),
    "prctl, something else": ((157, 167), (15, 0), ALLOWED),
}


def verdict(program, machine, call, arguments=()):
    """Run a filter as the kernel would (the instructions that it is made of), and return what it says."""
    padded = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("=IIQ6Q", call, seccomp.MACHINES[machine][0], 0, *padded)
    lines = list(struct.iter_unpack("HBBI", program))
    at = held = 0
    while True:
        code, if_true, if_false, value = lines[at]
        at += 1
        if code == seccomp.RETURN:
            return {seccomp.ALLOW: ALLOWED, seccomp.KILL: "killed"}.get(value, f"error {value & 0xFFFF}")
        if code == seccomp.LOAD:
            (held,) = struct.unpack_from("=I", data, value)
            continue
        tests = {seccomp.EQUAL: held == value, seccomp.AT_LEAST: held >= value, seccomp.ANY_BIT: bool(held & value)}
        at += if_true if tests[code] else if_false


@pytest.mark.parametrize("machine", seccomp.MACHINES)
@pytest.mark.parametrize(("numbers", "arguments", "wanted"), CALLS.values(), ids=CALLS)
def test_a_call_is_judged(machine, numbers, arguments, wanted):
    column = seccomp.MACHINES[machine][1]

    assert verdict(seccomp.program(machine), machine, numbers[column], arguments) == wanted


def test_calls_of_another_machine_are_refused():
    x86 = seccomp.program("x86_64")

    assert verdict(x86, "aarch64", 63) == "killed"
    assert verdict(x86, "x86_64", 0x40000000 | 59) == REFUSED, "the 32-bit door to the same calls"
    with pytest.raises(Missing, match="no list of system calls for riscv64"):
        seccomp.program("riscv64")


# Time ----------------------------------------------------------------------------------------------------------------


def test_a_budget_is_spent_by_check_and_altogether():
    whole = Budget(10)
    first = Budget(6, whole)
    first.spend(5)
    assert first.left() == 1
    assert Budget(6, whole).left() == 5
    whole.spend(5)
    assert Budget(6, whole).left() == 0


def test_a_submission_that_is_always_a_little_slow_runs_out_of_budget(opened, lab):
    code = opened()
    code.budget.spend(code.budget.seconds - 0.5)
    process = code.fork(lab)
    code.budget.spend(1)
    with pytest.raises(Exception, match="all answers together took too long"):
        process.call("where")
    process.end()
