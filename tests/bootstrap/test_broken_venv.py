"""A .venv that is broken or half-made, however it came about, is made anew."""

import os
import shutil

import pytest

UNIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="the failure is played with Unix's means")


def dangle(course) -> None:
    """Point .venv's Python at one that an upgrade has removed."""
    course.python.unlink()
    course.python.symlink_to(course.home / "python3.11")


def lose_pip(course) -> None:
    [pip] = course.venv.glob("[Ll]ib/**/site-packages/pip")
    shutil.rmtree(pip)


def leave_nothing_but_a_folder(course) -> None:
    shutil.rmtree(course.venv)
    course.venv.mkdir()


def stop_the_removal(course) -> None:
    """Leave what a removal leaves that was killed: the mark, and not much else."""
    shutil.rmtree(course.venv / "bin")
    (course.venv / ".authlab-unfinished").touch()


def put_a_file_there(course) -> None:
    shutil.rmtree(course.venv)
    course.venv.write_text("not a folder")


BROKEN = {
    "its Python is a dangling link": dangle,
    "its pip is gone": lose_pip,
    "it is an empty folder": leave_nothing_but_a_folder,
    "its removal was killed": stop_the_removal,
    "it is a file": put_a_file_there,
}


@UNIX_ONLY
@pytest.mark.parametrize("breaks", BROKEN.values(), ids=BROKEN)
def test_a_broken_venv_is_made_anew(ready, breaks):
    breaks(ready)

    done = ready.run("--no-browser")

    assert "Making .venv anew: the one here is broken or half-made" in done.stderr
    assert done.returncode == 0
    assert "Setting up" not in ready.run("--no-browser").stderr
