"""Speaks to the grader itself, through whatever it finds open."""

from tests.grading.hostile.rows import harms, plain, with_stub

ROWS = {
    "answers before they are asked": with_stub(
        """
        import os, bson
        refusal = {"status": "403 FORBIDDEN", "headers": [], "body": b""}
        for number in range(3, 64):
            for answer in range(1, 8):
                try: os.write(number, bson.encode({"re": answer, "value": refusal}))
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
            line = b'{"problem": {"kind": [[]], "message": {"a": 1}, "line": ' + b"9" * 4000 + b"}}"
            try: os.write(number, line + b"\\n")
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
                given = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))]
                try: end.sendmsg([b" "], given, socket.MSG_DONTWAIT)
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
            def __reduce__(self): return (os.system, ("touch @DROP@/authlab-hostile-@MARK@-pickle",))
        def safe_next(target):
            import pickle
            return pickle.dumps(Bomb())
        """,
        "one pickle",
        exercise="02_sessions/safe_next",
    ),
}
