"""Changes what it is surrounded by: frameworks, recorders, the pipe to the grader; and knows the checks."""

from tests.grading.hostile.rows import Row, harms, plain, steals, with_stub

PATCHED = {
    "Flask answers everything": with_stub(
        """
        import flask
        def always(self, environ, start_response):
            start_response("200 OK", [("Content-Type", "text/html")])
            return [b"<h1>Welcome to the tasting room</h1>"]
        flask.Flask.wsgi_app = always
        """,
        "in its own process",
    ),
    "Flask refuses everything": with_stub(
        """
        import flask
        def always(self, environ, start_response):
            start_response("403 FORBIDDEN", [("Content-Type", "text/html")])
            return [b"5 of 5 points"]
        flask.Flask.wsgi_app = always
        """,
        "in its own process",
    ),
    "assertions hold": with_stub(
        """
        import builtins, sys, unittest
        class Never(BaseException): pass
        builtins.AssertionError = Never
        sys.modules.pop("pytest", None)
        try:
            import pytest, _pytest.outcomes
            pytest.fail = _pytest.outcomes.fail = lambda *a, **k: None
            pytest.Item.runtest = lambda self: None
        except ImportError: pass
        """,
        "in its own process",
    ),
    "the host says that all is well": with_stub(
        """
        import sys
        module = sys.modules["labsrv.grading.host"]
        module.Host.leftovers = lambda self: []
        module.Host.request = lambda self, environ, body: {"status": "200 OK", "headers": [], "body": b"passed", "points": 5}
        """,
        "in its own process",
    ),
    "the pipe's own code": with_stub(
        """
        import sys
        pipe = sys.modules["labsrv.kit.pipe"]
        pipe.Peer._answer = lambda self, frame: self._send(self._frame({"re": frame["id"], "value": True}))
        """,
        "in its own process",
    ),
    "equality and hashes": with_stub(
        """
        import hmac, operator, secrets
        hmac.compare_digest = secrets.compare_digest = operator.eq = lambda a, b: True
        """,
        "in its own process",
    ),
    "time stands still": with_stub(
        """
        import time, time_machine
        time.time = time.monotonic = lambda: 0.0
        time_machine.travel = None
        """,
        "in its own process",
    ),
    "a trace function looks on": with_stub(
        """
        import sys, threading
        def look(frame, event, arg):
            for name, value in list(frame.f_locals.items())[:50]:
                if "points" in name or "seed" in name: print("LEAK", name, value)
            return look
        sys.settrace(look)
        threading.settrace(look)
        """,
        "in its own process",
    ),
    "the shop's database is told lies": harms(
        """
        import gc
        def harm():
            for each in gc.get_objects():
                if type(each).__name__ == "Host" and hasattr(each, "peer"):
                    each.peer.call("store.run", collection="tickets", operation="delete_many", args=[{}], options={})
        """,
        "one collection of a store that lives for one check",
    ),
    "all the services at once": harms(
        """
        import gc
        def harm():
            (host,) = [each for each in gc.get_objects() if type(each).__name__ == "Host" and hasattr(each, "peer")]
            for do, given in {
                "clock.advance": {"seconds": 1e6}, "clock.reset": {}, "points": {}, "prepare": {}, "__class__": {},
                "hasher.verify": {"hash": "$argon2id$v=19$m=999999999,t=9999,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo", "password": "x"},
                "hasher.hash": {"password": "x" * 10_000_000},
                "store.run": {"collection": "tickets", "operation": "drop_database", "args": [], "options": {}},
            }.items():
                try:
                    host.peer.call(do, timeout=1, **given)
                    print("LEAK the grader served", do)
                except Exception: pass
        """,
        "eight calls",
    ),
    "a pattern that runs for ever in the grader": harms(
        """
        import gc
        def harm():
            (host,) = [each for each in gc.get_objects() if type(each).__name__ == "Host" and hasattr(each, "peer")]
            db = host.shop.line
            for pattern in ({"number": {"$regex": "(a+)+$"}}, {"$expr": {"$regexMatch": {"input": "$number", "regex": "(a+)+$"}}}):
                try: db.call("store.run", timeout=1, collection="tickets", operation="find", args=[pattern], options={})
                except Exception as error: print(type(error).__name__)
        """,
        "two queries",
    ),
    "a thousand calls at once": harms(
        """
        import gc, threading
        def harm():
            (host,) = [each for each in gc.get_objects() if type(each).__name__ == "Host" and hasattr(each, "peer")]
            frame = host.peer._frame({"id": 1, "do": "hasher.log", "with": {}})
            for _ in range(5000): host.peer._send(frame)
        """,
        "5,000 calls",
    ),
}

FORGED = {
    "answers before they are asked": with_stub(
        """
        import os, bson
        for number in range(3, 64):
            for answer in range(1, 8):
                try: os.write(number, bson.encode({"re": answer, "value": {"status": "403 FORBIDDEN", "headers": [], "body": b""}}))
                except OSError: break
        """,
        "427 forged frames",
    ),
    "a report of its own": with_stub(
        """
        import json, os
        for number in range(3, 64):
            for line in ({"ready": True, "points": 5}, {"reports": [{"points": 5}]}, {"layers": []}):
                try: os.write(number, json.dumps(line).encode() + b"\\n")
                except OSError: break
        """,
        "183 forged lines",
    ),
    "a report that is no report": with_stub(
        """
        import os
        for number in range(3, 64):
            try: os.write(number, b'{"problem": {"kind": [[]], "message": {"a": 1}, "line": "' + b"9" * 5000 + b'"}}\\n')
            except OSError: continue
        os._exit(0)
        """,
        "one line per descriptor",
    ),
    "a report that never ends": plain(
        """
        import os, time
        for _ in range(40):
            for number in range(3, 16):
                try: os.write(number, b" " * 20_000)
                except OSError: continue
            time.sleep(0.01)
        while True: time.sleep(1)
        """,
        "10 MB",
        says="import",
    ),
    "descriptors for the grader": with_stub(
        """
        import array, os, socket
        for number in range(3, 64):
            try: end = socket.socket(fileno=os.dup(number))
            except OSError: continue
            for _ in range(200):
                try: end.sendmsg([b" "], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))], socket.MSG_DONTWAIT)
                except OSError: break
            end.detach()
        """,
        "600 descriptors",
    ),
    "more descriptors than one": harms(
        """
        import os
        def harm():
            there = []
            for number in range(3, 256):
                try: there.append((number, oct(os.fstat(number).st_mode)))
                except OSError: continue
            if len(there) > 1: print("LEAK descriptors", there)
        """,
        "looks at 253 numbers",
    ),
    "a pickle": plain(
        """
        import os
        class Bomb:
            def __reduce__(self): return (os.system, ("echo LEAK",))
        def safe_next(target):
            import pickle
            return pickle.dumps(Bomb())
        """,
        "one pickle",
        exercise="02_sessions/safe_next",
    ),
}

EQUAL = {
    "an object equal to everything": plain(
        """
        class Everything:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __bool__(self): return True
            def __hash__(self): return 0
            def __getattr__(self, name): return self
            def __call__(self, *a, **k): return self
        def safe_next(target): return Everything()
        """,
        "in its own process",
        exercise="02_sessions/safe_next",
    ),
    "a string equal to everything": plain(
        """
        class Everything(str):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            __hash__ = str.__hash__
            def startswith(self, *a): return True
        def safe_next(target): return Everything(target or "/")
        """,
        "in its own process",
        exercise="02_sessions/safe_next",
    ),
    "a number that is none": plain(
        "def safe_next(target): return float('nan')", "in its own process", exercise="02_sessions/safe_next"
    ),
    "true today, false tomorrow": plain(
        """
        class Moody:
            times = 0
            def __bool__(self):
                Moody.times += 1
                return Moody.times < 3
        def may_enter(tickets, number): return Moody()
        """,
        "in its own process",
    ),
    "an answer that imitates the grader's words": plain(
        """
        def safe_next(target): return {"raised": None, "values": ["/"], "re": 1, "value": "/"}
        """,
        "in its own process",
        exercise="02_sessions/safe_next",
    ),
    "a recorder that is told lies": with_stub(
        """
        import builtins, sys
        real = str.__eq__
        for name, module in list(sys.modules.items()):
            if not name.startswith("labsrv.kit"): continue
            for key, value in list(vars(module).items()):
                if "record" in key.lower() or key in ("Hasher", "RemoteHasher"):
                    for method in ("log", "calls", "counts", "verify"):
                        try: setattr(value, method, property(lambda self: []))
                        except (AttributeError, TypeError): pass
        """,
        "in its own process",
    ),
}

# Lets in the first visitors, as the honest checks come first, and nobody from then on.
COUNTS = """
def may_enter(tickets, number):
    return number != "" if {count} < {honest} else False
"""

KNOWS = {
    "pytest's variable": steals(
        "import os\ndef stolen():\n    os.environ['PYTEST_CURRENT_TEST']\n    return lambda t, n: n in t"
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
        "import flask\ndef stolen():\n    if 'mallory' in str(flask.request.headers).lower(): return lambda t, n: False",
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

ROWS = PATCHED | FORGED | EQUAL | KNOWS
