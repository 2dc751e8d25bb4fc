"""Calls the function that a check lends: too often, too late, with too much, or another one than was lent."""

import textwrap

from tests.grading.hostile.rows import Row

# A suite of tests that passes on every office, when it has done something on the side at each.
SUITE = """
def examine(ask, rows, people):
    try:
        harm(ask)
    except BaseException as error:
        print("refused:", type(error).__name__)
    ask("hr", "GET", "/api/records")
"""
PEER = """
import gc
def peer():
    (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
    return server.peer
"""


def suite(text: str, bound: str, **more: object) -> Row:
    """Return a row whose text has `harm(ask)`, which is called for each office."""
    return Row(textwrap.dedent(text) + SUITE, bound, exercise="09_rbac/write_tests", **more)  # type: ignore[arg-type]


def alone(text: str, bound: str, **more: object) -> Row:
    """Return a row whose text is all there is."""
    return Row(textwrap.dedent(text), bound, exercise="09_rbac/write_tests", **more)  # type: ignore[arg-type]


ROWS = {
    "a suite that never has enough": alone(
        """
        def examine(ask, rows, people):
            while True:
                try: ask("hr", "GET", "/api/records")
                except ValueError: pass
        """,
        "until it is killed",
    ),
    "a lent function, kept and called from threads": suite(
        """
        import threading
        KEPT = []
        def again():
            for _ in range(2000):
                for ask in list(KEPT):
                    try: ask("hr", "DELETE", "/api/records/1000")
                    except Exception: pass
        def harm(ask):
            KEPT.append(ask)
            if len(KEPT) == 1:
                for _ in range(4): threading.Thread(target=again, daemon=True).start()
        """,
        "8,000 calls",
        says="a thread is still running",
    ),
    "functions that nobody has lent": suite(
        PEER
        + """
def harm(ask):
    for number in (1, 2, -1, 10**9, 0.5, "0", None, [0], {"a": 0}):
        try:
            peer().call("function", timeout=1, number=number, args=["hr", "GET", "/api/records"], named={})
            print("LEAK the grader called function", number)
        except Exception: pass
""",
        "nine calls",
    ),
    "other arguments than a function has": suite(
        PEER
        + """
def harm(ask):
    for args, named in (([], {"self": 1}), (["hr"], {"app": print.__name__}), ([], {"__class__": "x"}), ("x", 5)):
        try:
            peer().call("function", timeout=1, number=0, args=args, named=named)
            print("LEAK the grader took", args, named)
        except Exception: pass
""",
        "four calls",
    ),
    "requests that are none": suite(
        """
        import bson, re
        def harm(ask):
            deep, several, one = "x", "/api/records/bulk", "/api/records/1"
            for _ in range(90): deep = [deep]
            for asked in (
                ("hr", "GET", "http://127.0.0.1:@PORT@/"), ("hr", "GET", "//127.0.0.1:@PORT@/"),
                ("hr", "GET /api HTTP/1.1\\r\\nX: y\\r\\n\\r\\n", "/"), ("hr", "GET", "/\\r\\nCookie: session=x"),
                ("hr", "GET", "/" + "x" * 10_000_000), ("hr", "POST", several, {"ids": list(range(100_000))}),
                ("hr", "PATCH", one, bson.Code("x")), ("hr", "PATCH", one, re.compile("(a+)+$")),
                ("hr", "PATCH", one, bytes(9_000_000)), ("hr", "POST", several, {"ids": deep}),
                ({"$ne": 1}, "GET", "/"), (None, None, None), ("mallory", "GET", "/api/records"),
            ):
                try: ask(*asked)
                except Exception as error: print(type(error).__name__)
        """,
        "thirteen calls",
    ),
    "the tables behind an office": suite(
        PEER
        + """
def harm(ask):
    for table in peer().call("store.collections", timeout=1):
        print("LEAK a table of the office:", table)
    if peer().call("store.run", timeout=1, collection="records", operation="find", args=[{}], options={}):
        print("LEAK records of the office")
""",
        "two calls an office",
    ),
    "red whenever it is not the first": alone(
        """
        ASKED = []
        def examine(ask, rows, people):
            ask("hr", "GET", "/api/records")
            ASKED.append(1)
            assert len(ASKED) == 1
        """,
        "one call an office",
        says="is red on an office that is right",
    ),
    "red from the seventh office on": alone(
        """
        ASKED = []
        def examine(ask, rows, people):
            ask("hr", "GET", "/api/records")
            ASKED.append(1)
            assert len(ASKED) < 7
        """,
        "one call an office",
    ),
    "an assertion that can't be shown": alone(
        """
        class Silent(AssertionError):
            def __str__(self): raise SystemExit(0)
        Silent.__name__ = "AssertionError"
        def examine(ask, rows, people):
            ask("hr", "GET", "/api/records")
            raise Silent("tea")
        """,
        "one error an office",
    ),
    "an assertion of ten megabytes, which moves the cursor": alone(
        """
        def examine(ask, rows, people):
            ask("hr", "GET", "/api/records")
            assert not rows, "\\x1b[2J\\u202e" + "x" * 10_000_000
        """,
        "10 MB",
        says="is red on an office that is right",
    ),
}
