"""Why a file can't be written, as its reader needs it: the true reason, and what to do."""

import errno

NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
NO_RIGHT = {errno.EACCES, errno.EPERM}


def why_unwritten(error: OSError) -> str:
    """Return a sentence or two on an error of the system's."""
    place = f"{error.filename2 or error.filename or 'The file'}"
    if error.errno in NO_ROOM:
        return f"{place} could not be written: the disk is full, or your share of it. Make room."
    if error.errno == errno.EROFS:
        return (
            f"{place} could not be written: it lies on a disk that is only read. Copy the course to a folder of yours."
        )
    if error.errno in NO_RIGHT:
        return (
            f"{place} could not be written: you may not write there. Copy the course to a folder of yours, or ask "
            "whoever owns it."
        )
    return f"{place} could not be written: {error.strerror or error}."
