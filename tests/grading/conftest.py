"""What tests of the grader share."""

import shutil

import pytest

from labsrv.grading.course.exercises import root


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one's own: the exercises can be edited and progress recorded."""
    for folder in ("exercises", "solutions"):
        shutil.copytree(root() / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mine*", "__pycache__"))
    shutil.copy(root() / "pyproject.toml", tmp_path)
    (tmp_path / "labsrv").symlink_to(root() / "labsrv")
    monkeypatch.setenv("AUTHLAB_COURSE", str(tmp_path))
    return tmp_path
