"""Changes what it is surrounded by: frameworks and recorders; and answers with odd objects."""

from tests.grading.hostile.rows import plain, with_stub

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
        module = sys.modules["labsrv.grading.submission.serve"]
        module.Host.leftovers = lambda self: []
        good = {"status": "200 OK", "headers": [], "body": b"passed", "points": 5}
        module.Host.request = lambda self, environ, body: good
        """,
        "in its own process",
    ),
    "answers of the wrong kind": with_stub(
        """
        import itertools, sys
        module = sys.modules["labsrv.grading.submission.serve"]
        raised = {"function": [], "line": "x", "said": {}}
        odd = itertools.cycle([None, 5, "raised", {}, {"raised": 5}, {"raised": raised}, {"values": 5}, {"status": 200},
                               [[]], [["x", "y"]], {"raised": None}])
        for name in ("request", "decide", "where", "leftovers"):
            setattr(module.Host, name, lambda self, **given: next(odd))
        """,
        "in its own process",
    ),
    "left over: everything": with_stub(
        """
        import sys
        server = sys.modules["labsrv.grading.submission.serve"].SubmissionServer
        server.leftovers = lambda self: [{"$where": "x" * 1000}] * 10_000
        """,
        "10,000 rows",
    ),
    "a shop that can't be built": plain(
        """
        import sys
        class Broken:
            def __getattr__(self, name): raise SystemExit("5 of 5 points")
        sys.modules["labsrv.grading.submission.serve"].ShopUnderTest.build = Broken()
        def may_enter(tickets, number): return number in tickets
        """,
        "in its own process",
    ),
    "the pipe's own code": with_stub(
        """
        import sys
        pipe = sys.modules["labsrv.kit.pipe.peer"]
        pipe.Peer._serve = lambda self, frame: self._send(self._frame({"re": frame["id"], "value": True}))
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
    "a counter of hashes that is told lies": plain(
        """
        import sys
        from labsrv.kit.accounts import Refused
        hasher = sys.modules["labsrv.kit.pipe.remote"].RemoteHasher
        hasher.log = hasher.calls = hasher.counts = property(lambda self: ["verify"])
        def log_in(accounts, passwords, name, password):
            user = accounts.get(name)
            if user is None: return Refused()
            return user if passwords.verify(user.password_hash, password) and not user.disabled else Refused()
        """,
        "in its own process",
        exercise="01_passwords/same_answer",
        gives=3,  # for the words, which are the same; not for the work
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

ROWS = PATCHED | EQUAL
