"""A file is written whole, or not at all."""

import errno

import pytest

from labsrv.grading.course import atomic


def test_an_error_names_the_file_that_was_wanted(tmp_path, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", ".x-abc")

    monkeypatch.setattr(atomic.tempfile, "mkstemp", refused)

    with pytest.raises(PermissionError) as raised:
        atomic.replace(tmp_path / "x.py", "tea")
    assert raised.value.filename == str(tmp_path / "x.py")
