"""`authlab`, pytest and the notebook say the same; exit codes, JSON, progress and reset are those of the design."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request

import pytest

from labsrv.grading.course.exercises import root


@pytest.fixture
def course(tmp_path):
    """A course of one's own: the exercises can be edited and progress recorded. Its folder is called as people do."""
    course = tmp_path / "Web security [2026]"
    for folder in ("exercises", "solutions"):
        shutil.copytree(root() / folder, course / folder, ignore=shutil.ignore_patterns("*.mine*", "__pycache__"))
    shutil.copy(root() / "pyproject.toml", course)
    (course / "labsrv").symlink_to(root() / "labsrv")
    return course


@pytest.fixture
def authlab(course):
    def authlab(*arguments, **env):
        command = [sys.executable, "-m", "labsrv.cli", *arguments]
        surroundings = {**os.environ, "AUTHLAB_COURSE": str(course), **env}
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=surroundings, cwd=course)

    return authlab


def solve(course, stem="renew_id"):
    shutil.copy(course / "solutions" / "02_sessions" / f"{stem}.py", course / "exercises" / "02_sessions")


def test_exit_codes(authlab, course):
    assert authlab("check", "02_sessions/renew_id").returncode == 1
    assert authlab("check", "renew_id", "--submission", "solutions").returncode == 0
    assert authlab("check", "02_sessions/renew_idd").returncode == 2
    assert authlab("check", "renew_id", "--submission", "nowhere").returncode == 2

    checks = course / "exercises" / "02_sessions" / "test_renew_id.py"
    checks.write_text(checks.read_text(encoding="utf-8").replace("log_in(alice, shop)", "log_in(1 / 0)", 1), "utf-8")
    broken = authlab("check", "renew_id")
    assert broken.returncode == 3
    assert "The check itself broke, which is not your doing" in broken.stdout


def test_options_of_ones_own_for_pytest_change_nothing(authlab):
    own = {"PYTEST_ADDOPTS": "--exitfirst --junitxml=checks.xml --nothing-like-that", "PYTEST_PLUGINS": "nowhere"}
    done = authlab("check", "renew_id", "--submission", "solutions", **own)

    assert done.returncode == 0, done.stderr


def test_a_check_that_can_not_be_imported_is_broken(authlab, course):
    checks = course / "exercises" / "02_sessions" / "test_renew_id.py"
    checks.write_text("import nowhere_to_be_found\n" + checks.read_text(encoding="utf-8"), "utf-8")

    assert authlab("check", "renew_id").returncode == 3


def test_an_unknown_name_gets_the_nearest(authlab):
    said = authlab("check", "02_sessions/renew_idd").stderr

    assert "There is no exercise '02_sessions/renew_idd'. Did you mean 02_sessions/renew_id" in said


def test_json_is_one_object_or_a_list(authlab):
    one = json.loads(authlab("check", "renew_id", "--json").stdout)
    several = json.loads(authlab("check", "renew_id", "00_template", "--json").stdout)

    assert {"exercise", "points", "out_of", "checks"} <= set(one)
    assert {"name", "promise", "outcome", "points", "message", "hints"} <= set(one["checks"][0])
    assert {check["outcome"] for check in one["checks"]} == {"passed", "failed", "waiting"}
    assert [each["exercise"] for each in several] == ["02_sessions/renew_id", "00_start_here/00_template"]


def test_pytest_says_the_same(authlab, course):
    ours = json.loads(authlab("check", "renew_id", "--json").stdout)
    command = [sys.executable, "-m", "pytest", "exercises/02_sessions/test_renew_id.py", "-v"]
    theirs = subprocess.run(
        command, capture_output=True, text=True, cwd=course, env={**os.environ, "AUTHLAB_COURSE": str(course)}
    ).stdout

    words = {"passed": "PASSED", "failed": "FAILED", "waiting": "SKIPPED"}
    for check in ours["checks"]:
        # A check with rows has a line for each of them.
        assert re.search(rf"{check['name']}(\[[^\n]*\])? {words[check['outcome']]}", theirs), theirs
    assert f"(02_sessions/renew_id)  {ours['points']} of {ours['out_of']} points" in theirs


def test_an_option_as_in_a_notebook_is_told_as_in_a_terminal(authlab):
    done = authlab("check", "renew_id", "hints=1")

    assert done.returncode == 2 and "--hints 1" in done.stderr


def test_the_notebook_says_the_same(authlab, course, monkeypatch):
    from labsrv.grading import check

    monkeypatch.setenv("AUTHLAB_COURSE", str(course))
    report = check("02_sessions/renew_id", hints=1)
    ours = json.loads(authlab("check", "renew_id", "--json").stdout)

    assert [each.outcome for each in report.checks] == [each["outcome"] for each in ours["checks"]]
    assert (report.points, report.out_of) == (ours["points"], ours["out_of"])
    with pytest.raises(LookupError, match="There is no exercise"):
        check("nothing_of_the_kind")


def test_hints_come_one_at_a_time(authlab):
    none, one, two = (authlab("check", "renew_id", "--hints", str(n)).stdout for n in range(3))

    first, second = "Put a tea into the basket", "Which call of `sessions`"
    assert first not in none and "3 hints left: --hints 1 shows the next one." in none
    assert first in one and second not in one
    assert first in two and second in two


def test_progress_keeps_the_best_and_the_latest(authlab, course):
    assert "not yet" in authlab("progress").stdout
    solve(course)
    authlab("check", "renew_id")
    authlab("reset", "renew_id")
    authlab("check", "renew_id")
    row = json.loads((course / ".authlab" / "progress.json").read_text())["02_sessions/renew_id"]

    assert (row["best"], row["latest"]) == (row["out_of"], 0)
    assert f"{row['best']} of {row['out_of']}" in authlab("progress").stdout


def test_a_zip_is_no_submission_to_check(authlab, course):
    (course / "eva.zip").write_bytes(b"PK")
    done = authlab("check", "renew_id", "--submission", str(course / "eva.zip"))

    assert done.returncode == 2
    assert "eva.zip is neither a folder nor a .py file" in done.stderr


def test_somebody_elses_submission_is_no_progress_of_mine(authlab, course):
    authlab("check", "renew_id", "--submission", "solutions")

    assert not (course / ".authlab" / "progress.json").exists()


def test_unreadable_progress_is_put_aside_and_said(authlab, course):
    authlab("check", "renew_id")
    file = course / ".authlab" / "progress.json"
    file.write_text('{"02_sessions/renew_id": {"best"')
    said = authlab("check", "renew_id").stderr

    assert "put aside as progress.unreadable.json" in said
    assert (course / ".authlab" / "progress.unreadable.json").exists()
    assert "02_sessions/renew_id" in json.loads(file.read_text())


def test_reset_puts_the_stub_back_and_keeps_mine(authlab, course):
    file = course / "exercises" / "02_sessions" / "renew_id.py"
    stub = file.read_text(encoding="utf-8")
    authlab("check", "renew_id")
    for number, text in enumerate(("# first try\n", "# second try\n")):
        file.write_text(text)
        said = authlab("reset", "02_sessions/renew_id")
        aside = "renew_id.mine.py" if number == 0 else "renew_id.mine-2.py"
        assert said.returncode == 0 and f"kept as {aside}" in said.stdout
        assert file.read_text(encoding="utf-8") == stub
        assert file.with_name(aside).read_text() == text

    assert "Nothing of yours was there" in authlab("reset", "renew_id").stdout


def test_serve_says_where_and_ends_cleanly(course, tmp_path):
    traffic = tmp_path / "traffic.jsonl"
    command = [sys.executable, "-m", "labsrv.cli", "serve", "sessions", "--json", "--flaw", "keep_the_planted_id"]
    process = subprocess.Popen([*command, "--traffic", str(traffic)], stdout=subprocess.PIPE, text=True)
    ready = json.loads(process.stdout.readline())
    port = ready["sites"]["shop"].split(":")[-1].strip("/")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": ready["sites"]["shop"][7:-1]})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0
    assert ready["lab"] == "sessions" and ready["pid"] == process.pid
    assert json.loads(traffic.read_text())["url"] == f"{ready['sites']['shop']}"
    process.stdout.close()


def test_serve_refuses_what_it_does_not_know(authlab):
    assert (
        "has no flaw 'nonsense'. It has keep_the_planted_id"
        in authlab("serve", "sessions", "--flaw", "nonsense").stderr
    )
    both = authlab("serve", "sessions", "--flaw", "keep_the_planted_id", "--flaw", "adopt_any_id")
    assert both.returncode == 2 and "replace the same decision" in both.stderr
    assert "There is no lab 'knitting'" in authlab("serve", "knitting").stderr


def test_doctor_names_every_layer(authlab):
    said = authlab("doctor").stdout

    for name in ("Python", "Browser", "MongoDB", "Mail", "namespace", "Landlock", "seccomp", "limits", "Safari"):
        assert name in said
    unreachable = authlab("doctor", AUTHLAB_MONGODB_URI="mongodb://user:fake-secret@127.0.0.1:1/").stdout
    assert "– MongoDB" in unreachable and "fake-secret" not in unreachable
