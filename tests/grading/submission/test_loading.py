"""What goes wrong in a learner's file: each has its own message with the line, and earns nothing."""

import json
import os
import re
import subprocess
import sys
import textwrap
import time

import psutil
import pytest

from labsrv.grading.checks.run import run
from labsrv.grading.course.exercises import find, root
from labsrv.grading.submission import process

GOOD = """
def raise_privilege(sessions, session):
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
"""

HEAD = "def begin_session(sessions, presented_id, user):"
# name: (the lines of the file, what the message says)
BROKEN = {
    "a syntax error": (
        ["def begin_session(sessions, presented_id, user)", "    pass"],
        "line 1: expected ':'",
    ),
    "a return outside of a function": (
        ["def begin_session(sessions, presented_id, user):", "    pass", "return 5"],
        "line 3: 'return' outside function",
    ),
    "a tab that is none": (
        ["if True:", "        x = 1", "\ty = 2"],
        "line 3: inconsistent use of tabs",
    ),
    "a null byte": (
        ["x = 1\x00"],
        "null bytes",
    ),
    "no such function": (
        [GOOD],
        "has no function `begin_session`",
    ),
    "a function under another name": (
        ["def begin(sessions, presented_id, user): ...", GOOD],
        "has no function `begin_session`",
    ),
    "too few parameters": (
        ["def begin_session(sessions, user): ...", GOOD],
        "line 1: the shop calls `begin_session(sessions, presented_id, user)`; yours takes (sessions, user)",
    ),
    "an exception": (
        [HEAD, "    return 1 / 0", GOOD],
        "line 2: `begin_session` raised ZeroDivisionError",
    ),
    "an exception at import": (
        ["import nowhere_to_be_found"],
        "line 1: ModuleNotFoundError",
    ),
    "SystemExit": (
        ["import sys", HEAD, "    sys.exit(0)", GOOD],
        "line 3: `begin_session` raised SystemExit",
    ),
    "os._exit(0)": (
        ["import os", HEAD, "    os._exit(0)", GOOD],
        "line 3: ended the shop's process (exit status 0)",
    ),
    "os._exit(0) at import": (
        ["import os", "os._exit(0)"],
        "ends its own process while being imported",
    ),
    "an endless loop": (
        [HEAD, "    while True:", "        pass", GOOD],
        "still running after 1 second",
    ),
    "an endless loop at import": (
        ["while True: pass"],
        "line 1: the file never finishes being imported",
    ),
    "100 MB of output": (
        [HEAD, "    for _ in range(100):", "        print('x' * 1_000_000)", "    return sessions.create(user)", GOOD],
        "line 3: printed more than 1 MiB",
    ),
    "a thread left behind": (
        [
            "import threading, time",
            HEAD,
            "    threading.Thread(target=lambda: time.sleep(60)).start()",
            "    return sessions.create(user)",
            GOOD,
        ],
        "line 3: a thread is still running",
    ),
    "a thread left behind at import": (
        ["import threading, time", "threading.Thread(target=lambda: time.sleep(60)).start()", GOOD],
        "line 2: a thread is still running",
    ),
    "a crash in C": (
        ["import ctypes", HEAD, "    ctypes.string_at(0)", GOOD],
        "the shop's process died",
    ),
    "the wrong thing returned": (
        [HEAD, "    return 'alice'", GOOD],
        "AttributeError: 'str' object has no attribute",
    ),
    "recursion without an end": (
        [HEAD, "    return begin_session(sessions, presented_id, user)", GOOD],
        "line 2: `begin_session` raised RecursionError",
    ),
    "memory without an end": (
        [HEAD, "    hoard = []", "    while True:", "        hoard.append(bytes(1 << 26))", GOOD],
        "line 4: `begin_session` raised MemoryError",
    ),
    "the answer imported": (
        ["from labsrv.labs.sessions.secure.begin_session import begin_session"],
        "line 1: an exercise may not import labsrv.labs",
    ),
    "the answer imported at run time": (
        [
            "import importlib",
            "name = 'labsrv.labs.sessions.' + 'secure.begin_session'",
            "begin_session = importlib.import_module(name).begin_session",
            GOOD,
        ],
        "line 3: ImportError: an exercise may not import",
    ),
    "the phone's app imported": (
        ["from labsrv.kit.phone.codes import code_at"],
        "line 1: an exercise may not import labsrv.kit.phone.codes",
    ),
    "the phone's app asked of a lab": (
        ["from labsrv.kit.lessons.lab import Lab", "Lab.phone(None, None)"],
        "line 2: ImportError: an exercise may not import labsrv.kit.phone",
    ),
    "the views' own reader of tokens imported": (
        ["from labsrv.kit.tokens.compact import decode"],
        "line 1: an exercise may not import labsrv.kit.tokens.compact",
    ),
    "the solution imported": (
        ["import solutions"],
        "line 1: an exercise may not import solutions",
    ),
}


CODE_BY_PYOTP = """
import base64
import importlib
{imported}

def hotp(secret, counter, digits, algorithm):
    return {pyotp}.HOTP(base64.b32encode(secret).decode(), digits, getattr(hashlib, algorithm)).at(counter)
"""
# What an exercise closes besides what is closed to all: by_hand closes pyotp, which its shop itself uses.
CLOSED_TO_ONE = {
    "as one imports": ("import hashlib, pyotp", "pyotp", "line 4: an exercise may not import pyotp"),
    "from it": ("from pyotp import HOTP", "HOTP", "line 4: an exercise may not import pyotp"),
    "at run time": (
        "import hashlib",
        "importlib.import_module('py' + 'otp')",
        "line 7: `hotp` raised ImportError: an exercise may not import pyotp",
    ),
    "where the kit has it": ("from labsrv.kit.factors import pyotp", "pyotp", "may not import labsrv.kit.factors"),
}


@pytest.mark.parametrize(("imported", "pyotp", "said"), CLOSED_TO_ONE.values(), ids=CLOSED_TO_ONE)
def test_what_one_exercise_closes_is_refused(imported, pyotp, said, tmp_path):
    path = tmp_path / "by_hand.py"
    path.write_text(CODE_BY_PYOTP.format(imported=imported, pyotp=pyotp))
    (report,) = run(find("by_hand"), path)

    assert report.points == 0 and not report.broken
    assert said in report.checks[0].message, report.checks[0].message


def test_what_one_exercise_closes_its_shop_still_has_where_nothing_can_be_forked():
    row = cli_check("by_hand", "--submission", str(root() / "solutions"), env={"AUTHLAB_NO_FORK": "1"})

    assert row["points"] == row["out_of"], row


@pytest.fixture
def submit(tmp_path, monkeypatch):
    """Grade a file as a submission of renew_id; each check waits for an endless loop, so not as long as usual."""
    monkeypatch.setattr(process, "CALL_SECONDS", 1.0)

    def submit(text, encoding="utf-8"):
        path = tmp_path / "renew_id.py"
        path.write_text(text, encoding=encoding)
        (report,) = run(find("renew_id"), path)
        return report

    return submit


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf16_is_told_how_it_is_saved(encoding, submit):
    report = submit(GOOD, encoding)

    assert report.points == 0 and not report.broken
    assert "is saved as UTF-16, not as UTF-8" in report.checks[0].message


@pytest.mark.parametrize(("lines", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_submission_is_told_what_is_wrong(lines, said, submit):
    report = submit("\n".join(lines))
    first = report.checks[0]

    assert report.points == 0
    assert first.outcome == "failed"
    assert said in first.message, first.message
    assert not [check for check in report.checks if check.outcome == "broken"]


def test_a_missing_file_is_said(tmp_path):
    (report,) = run(find("renew_id"), tmp_path)

    assert report.points == 0
    assert "renew_id.py is not there" in report.checks[0].message
    assert "reset" not in report.checks[0].message, "That would put the reader's own exercise back."


def test_a_shop_that_runs_in_circles_is_the_learners_doing(tmp_path):
    path = tmp_path / "deny_by_default.py"
    path.write_text("def may_pass(request, user):\n    print('asked for', request.path)\n    return user is not None\n")
    (report,) = run(find("deny_by_default"), path)
    first = report.checks[0]

    assert first.outcome == "failed" and not report.broken
    assert "20 redirects: the shop sends people in a circle" in first.message
    assert "Your code printed:\n  asked for /login" in first.message


def test_no_process_survives(submit):
    """Children in the background die with the check, detached ones as well where the system can tell."""
    mark = f"authlab-test-{os.getpid()}"
    program = f"import time; time.sleep(60)  # {mark}"
    text = textwrap.dedent(f"""
        import subprocess, sys
        def begin_session(sessions, presented_id, user):
            subprocess.Popen([sys.executable, "-c", {program!r}], start_new_session=True)
            return sessions.create(user)
        """)
    submit(text + GOOD)
    deadline = time.monotonic() + 5
    while left := [each for each in psutil.process_iter(["cmdline"]) if mark in " ".join(each.info["cmdline"] or [])]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def test_the_parents_environment_is_not_the_childs_business(tmp_path):
    path = tmp_path / "renew_id.py"
    path.write_text(
        f"import os\ndef begin_session(*_):\n    raise RuntimeError(os.environ.get('MY_TOKEN', 'nothing'))\n{GOOD}"
    )
    row = cli_check("renew_id", "--submission", str(path), env={"MY_TOKEN": "a word that only the parent knows"})

    assert "RuntimeError: nothing" in row["checks"][0]["message"]


def test_checks_draw_new_names_each_time_and_the_same_with_the_same_seed(submit, tmp_path):
    text = f"def begin_session(sessions, presented_id, user):\n    raise RuntimeError('user is ' + user)\n{GOOD}"
    one, two = submit(text).checks[0].message, submit(text).checks[0].message
    assert re.search(r"user is [a-z]+-[0-9a-f]{6}", one) and "alice" not in one.split("user is")[1].split()[0]
    assert one != two

    file = tmp_path / "seeded" / "renew_id.py"
    file.parent.mkdir()
    file.write_text(text)
    again = [run(find("renew_id"), file, seed="7")[0].checks[0].message for _ in range(2)]
    assert again[0] == again[1]


def test_where_nothing_can_be_forked_the_answers_are_the_same(tmp_path):
    """Windows has no fork: every host is a new process there."""
    for lines, said in (BROKEN["an exception"], BROKEN["os._exit(0)"], BROKEN["a syntax error"]):
        path = tmp_path / "renew_id.py"
        path.write_text("\n".join(lines))
        row = cli_check("renew_id", "--submission", str(path), env={"AUTHLAB_NO_FORK": "1"})
        assert said in row["checks"][0]["message"]
        assert row["points"] == 0


def cli_check(*arguments, env=()):
    command = [sys.executable, "-m", "labsrv.cli", "check", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **dict(env)})
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


FINDS_CLOSED = """
import sys
from labsrv import labs
from labsrv.grading.submission.loading import is_closed
for technique in labs.techniques():
    labs.site_module(technique)
print([name for name in sys.modules if name.startswith("labsrv.kit.") and is_closed(name)])
"""


def test_no_lessons_site_has_imported_what_is_closed_to_submissions():
    """Each is in the memory that submissions are forked from, where no closed door helps."""
    done = subprocess.run([sys.executable, "-c", FINDS_CLOSED], capture_output=True, text=True, cwd=root(), check=True)

    assert done.stdout.strip() == "[]"
