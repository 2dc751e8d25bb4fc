"""The one zygote of this process, started on first need and ended with the process."""

import atexit
from functools import cache

from labsrv.grading.workshops import Zygote


@cache
def shared_zygote() -> Zygote:
    """Return this process's zygote."""
    zygote = Zygote()
    atexit.register(zygote.close)
    return zygote
