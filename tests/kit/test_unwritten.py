"""Whoever can't write is told why, and what to do: a full disk is no read-only one."""

import errno
import os

import pytest

from labsrv.kit.unwritten import why_unwritten

REASONS = {
    errno.ENOSPC: "Make room",
    errno.EROFS: "only read. Copy the course to a folder of yours",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EIO: os.strerror(errno.EIO),
}


@pytest.mark.parametrize(("number", "said"), REASONS.items())
def test_a_reason_is_the_true_one(number, said):
    reason = why_unwritten(OSError(number, os.strerror(number), "/course/x.py"))

    assert reason.startswith("/course/x.py could not be written: ") and said in reason
    assert ("disk is full" in reason) == (number == errno.ENOSPC)
