"""Answers that are none: too large, too slow, too deep, malformed."""

from tests.grading.hostile.rows import Row, plain


def answers(body: str, bound: str, **more: object) -> Row:
    """Return a row whose shop answers each request by `answer(environ, start)`."""
    return plain(
        "import flask, time\ndef answer(self, environ, start):\n"
        + "".join(f"    {line}\n" for line in body.strip().splitlines())
        + "flask.Flask.wsgi_app = answer\ndef may_enter(tickets, number): return True\n",
        bound,
        **more,
    )


ROWS = {
    "a body of twenty megabytes": answers('start("200 OK", [])\nreturn [bytes(20 << 20)]', "20 MB"),
    "a body of four gigabytes": answers('start("200 OK", [])\nreturn (bytes(1 << 24) for _ in range(256))', "4 GiB"),
    "a body without an end": answers('start("200 OK", [])\nreturn iter(lambda: b"x", None)', "until it is killed"),
    "fifteen megabytes, again and again": answers('start("200 OK", [])\nreturn [bytes(15 << 20)]', "15 MB an answer"),
    "a header of seventeen megabytes": answers('start("200 OK", [("X-Tea", "x" * (17 << 20))])\nreturn [b""]', "17 MB"),
    "a hundred thousand headers": answers(
        'start("200 OK", [("X-Tea", "x")] * 100_000)\nreturn [b""]', "100,000 headers"
    ),
    "ten thousand cookies": answers(
        'start("200 OK", [("Set-Cookie", f"c{n}=1") for n in range(10_000)])\nreturn [b""]', "10,000 cookies"
    ),
    "no status": answers('start("", [])\nreturn [b""]', "one answer", says="no well-formed HTTP"),
    "a status that is none": answers('start("999 FINE", [])\nreturn [b""]', "one answer", says="no well-formed HTTP"),
    "a status that is an object": answers('start({"$ne": 1}, [])\nreturn [b""]', "one answer"),
    "a status of two lines": answers(
        'start("200 OK\\r\\nX-Points: 5", [])\nreturn [b""]', "one answer", says="no well-formed HTTP"
    ),
    "a header of two lines": answers(
        'start("200 OK", [("X", "a\\r\\nSet-Cookie: session=alice")])\nreturn [b""]', "one answer"
    ),
    "a name of two words for a header": answers(
        'start("200 OK", [("X Tea", "1")])\nreturn [b""]', "one answer", says="no well-formed HTTP"
    ),
    "a letter in a header that HTTP has no byte for": answers(
        'start("200 OK", [("X-Tea", "\u8336")])\nreturn [b""]', "one answer", says="no well-formed HTTP"
    ),
    "a length of five thousand digits": answers(
        'start("200 OK", [("Content-Length", "9" * 5000)])\nreturn [b""]', "one answer"
    ),
    "headers that are none": answers('start("200 OK", {"a": 1})\nreturn [b""]', "one answer"),
    "a length that lies": answers('start("200 OK", [("Content-Length", "999999")])\nreturn [b"short"]', "one answer"),
    "a length that is negative": answers(
        'start("200 OK", [("Content-Length", "-1")])\nreturn [b"short"]', "one answer"
    ),
    "two transfer codings": answers(
        'start("200 OK", [("Transfer-Encoding", "chunked"), ("Content-Length", "3")])\nreturn [b"zzz"]', "one answer"
    ),
    "a body compressed into a bomb": answers(
        'import gzip\nstart("200 OK", [("Content-Encoding", "gzip")])\nreturn [gzip.compress(bytes(64 << 20))]',
        "64 MiB unpacked",
    ),
    "an informational status": answers('start("100 Continue", [])\nreturn [b""]', "one answer"),
    "no call of start": answers("return [b'hello']", "one answer"),
    "no bytes": answers('start("200 OK", [])\nreturn ["text", 5, None]', "one answer"),
    "redirects without an end": answers(
        'start("302 FOUND", [("Location", environ["PATH_INFO"] + "x")])\nreturn [b""]', "20 redirects"
    ),
    "a redirect to elsewhere": answers(
        'start("302 FOUND", [("Location", "http://127.0.0.1:@PORT@/")])\nreturn [b""]', "one answer"
    ),
    "a page a hundred thousand elements deep": answers(
        'start("200 OK", [("Content-Type", "text/html")])\nreturn [b"<div>" * 100_000]', "500 kB"
    ),
    "a page of fifty thousand forms": answers(
        'start("200 OK", [("Content-Type", "text/html")])\nreturn [b"<form><input name=a>" * 50_000]', "1 MB"
    ),
    "JSON a hundred thousand lists deep": answers(
        'start("200 OK", [("Content-Type", "application/json")])\nreturn [b"[" * 100_000 + b"]" * 100_000]', "200 kB"
    ),
    "each answer a little late": answers(
        'time.sleep(0.6)\nstart("200 OK", [])\nreturn [b"Welcome to the tasting room"]', "0.6 seconds an answer"
    ),
    "an answer that drips": answers(
        'start("200 OK", [])\nreturn (time.sleep(0.1) or b"x" for _ in range(600))', "60 seconds", says="still running"
    ),
    "a value a thousand lists deep": plain(
        """
        def safe_next(target):
            value = []
            for _ in range(1000): value = [value]
            return value
        """,
        "1,000 lists",
        exercise="02_sessions/safe_next",
    ),
    "a value that contains itself": plain(
        """
        def safe_next(target):
            value = []
            value.append(value)
            return value
        """,
        "one list",
        exercise="02_sessions/safe_next",
    ),
    "a value of thirty megabytes": plain(
        "def safe_next(target): return 'x' * (30 << 20)",
        "30 MB",
        exercise="02_sessions/safe_next",
        says="larger than 1 MiB|still running",
    ),
    "half a surrogate": plain(
        "def safe_next(target): return '\\ud800'", "one string", exercise="02_sessions/safe_next"
    ),
    "a piece of code": plain(
        "import bson\ndef safe_next(target): return bson.Code('x')",
        "one value",
        exercise="02_sessions/safe_next",
        says="returned a Code, no plain value",
    ),
    "a pattern in a list": plain(
        "import re\ndef safe_next(target): return [re.compile('x')]", "one value", exercise="02_sessions/safe_next"
    ),
    "a page in an encoding that raises": answers(
        'start("200 OK", [("Content-Type", "text/html; charset=undefined")])\nreturn [b"tea"]', "one answer"
    ),
    "a page in an encoding of names": answers(
        'start("200 OK", [("Content-Type", "text/html; charset=punycode")])\nreturn [b"-" * 100_000]', "100 kB"
    ),
    "a label of an encoding that is none": answers(
        'start("200 OK", [("Content-Type", "text/html; charset=\\"a b\\"")])\nreturn [b"tea"]', "one answer"
    ),
    "writing that turns around, and a cursor that moves": answers(
        'raise ValueError("\u202eturned\u2066 \x9b2J \x1b[2J \u200f")', "one error"
    ),
    "words longer than a screen": answers('raise ValueError("tea\\n" * 10_000)', "40 kB"),
    "a clock that raises": plain(
        """
        import sys
        def follow(self, moved): raise RuntimeError("time stands still")
        sys.modules["labsrv.kit.clock"].Clock.follow = follow
        def still_alive(session, now): return True
        def touch(session, now, by_person): session.last_seen = now
        """,
        "one error",
        exercise="02_sessions/time_limits",
        says="clock does not follow",
    ),
}
