"""Knows the checks: tries to tell which of them it is for, and which visitor comes."""

from tests.grading.hostile.rows import Row, steals

# Lets in the first visitors, as the honest checks come first, and nobody from then on.
COUNTS = """
def may_enter(tickets, number):
    return number != "" if {count} < {honest} else False
"""

ROWS = {
    "pytest's variable": steals(
        """
        import os
        def stolen():
            os.environ["PYTEST_CURRENT_TEST"]
            return lambda t, n: n in t
        """,
        "reads its environment",
    ),
    "the check on the stack": steals(
        """
        import sys
        def stolen():
            frame = sys._getframe()
            while frame:
                if "test_" in frame.f_code.co_name or "test_" in frame.f_code.co_filename: return lambda t, n: n in t
                frame = frame.f_back
        """,
        "walks its own stack",
    ),
    "the command line": steals(
        "import sys\ndef stolen():\n    if 'test' in ' '.join(sys.argv + sys.orig_argv): return lambda t, n: n in t"
    ),
    "the browser's name": steals(
        """
        import flask
        def stolen():
            if "mallory" in str(flask.request.headers).lower(): return lambda t, n: False
        """,
        "reads one request",
    ),
    "the visitor's address and name": steals(
        """
        import flask
        def stolen():
            about = " ".join(f"{key}={value}" for key, value in flask.request.environ.items()).lower()
            if "192.0.2.66" in about or "mallory" in about: return lambda t, n: False
        """,
        "reads one request",
    ),
    "how many visitors came before, by the port": steals(
        """
        import flask
        def stolen():
            if int(flask.request.environ["REMOTE_PORT"]) > 20: return lambda t, n: False
        """,
        "reads one request",
    ),
    "which visitor it is, by a counter in shared memory": Row(
        "import mmap\nSHARED = mmap.mmap(-1, 8)\ndef next_one():\n    SHARED[0] += 1\n    return SHARED[0]\n"
        + COUNTS.format(count="next_one()", honest=4),
        "one page of memory",
    ),
    "which check it is, by its process's number": Row(
        "import os\n" + COUNTS.format(count="os.getpid() - START", honest=3) + "START = os.getppid() or 1\n",
        "one number",
    ),
    "which check it is, by a file": Row(
        """
import os
def count():
    total = 0
    for place in (".", "/dev/shm", "/tmp", "@DROP@"):
        try:
            file = os.open(f"{place}/authlab-hostile-@MARK@-count", os.O_CREAT | os.O_APPEND | os.O_RDWR)
            os.write(file, b"x")
            total = max(total, os.fstat(file).st_size)
        except OSError: pass
    return total
CHECK = count()
"""
        + COUNTS.format(count="CHECK", honest=4),
        "a few bytes in each of four places",
    ),
    "which check it is, by a pipe made at import": Row(
        "import os\nR, W = os.pipe()\nos.write(W, b'xxx')\nos.set_blocking(R, False)\n"
        "def next_one():\n    try: return 0 if os.read(R, 1) else 9\n    except BlockingIOError: return 9\n"
        + COUNTS.format(count="next_one()", honest=1),
        "three bytes",
    ),
    "which check it is, by a process that stays": Row(
        """
import os, socket, time
NAME = "\\0authlab-hostile-@MARK@"
def count():
    ours = socket.socket(socket.AF_UNIX)
    try: ours.connect(NAME)
    except OSError:
        if not os.fork():
            server = socket.socket(socket.AF_UNIX)
            server.bind(NAME)
            server.listen()
            end, number = time.monotonic() + 10, 1
            while time.monotonic() < end:
                other, _ = server.accept()
                other.send(bytes([number]))
                number += 1
            os._exit(0)
        return 0
    return ours.recv(1)[0]
try: CHECK = count()
except OSError: CHECK = 0
"""
        + COUNTS.format(count="CHECK", honest=3),
        "one process, 10 seconds",
    ),
    "which check it is, by what earlier orders left in memory": Row(
        """
import gc
CHECK = len({each for each in gc.get_objects() if isinstance(each, str) and each.startswith("/") and "-" in each} or [])
"""
        + COUNTS.format(count="CHECK", honest=99),
        "looks at every object of its process",
    ),
}
