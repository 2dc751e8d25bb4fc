"""A grader that is killed loses nothing: the benchmark that kills it twenty times, with a small class and few kills."""

import os
import re
import subprocess
import sys

import pytest

from labsrv.grading.course import root


@pytest.mark.skipif(sys.platform == "win32", reason="the benchmark kills as POSIX does")
def test_killed_and_resumed_it_comes_to_the_same(record_figure):
    script = root() / "benchmarks" / "kill_and_resume.py"
    surroundings = {**os.environ, "AUTHLAB_KILLS": "3", "AUTHLAB_CLASS": "8"}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=surroundings, cwd=root())

    assert done.returncode == 0, done.stderr
    assert re.search(r"left running +0 processes", done.stdout), done.stdout
    assert re.search(r"gradebook and grades +equal", done.stdout), done.stdout
    record_figure("a grader killed, results at each kill", re.search(r"at each kill +(.*)", done.stdout)[1])
