"""Asks the grader, over the pipe, for more than a shop needs: of the store, the clock, the hasher."""

from tests.grading.hostile.rows import harms

ROWS = {
    "the shop's database is told lies": harms(
        """
        import gc
        def harm():
            for each in gc.get_objects():
                if type(each).__name__ == "SubmissionServer" and hasattr(each, "peer"):
                    each.peer.call("store.run", collection="tickets", operation="delete_many", args=[{}], options={})
        """,
        "one collection of a store that lives for one check",
        may_break=True,
    ),
    "all the services at once": harms(
        """
        import gc
        def harm():
            (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
            for do, given in {
                "clock.advance": {"seconds": 1e6}, "clock.reset": {}, "points": {}, "prepare": {}, "__class__": {},
                "hasher.verify": {"hash": "$argon2id$v=19$m=99999999,t=9,p=1$c2FsdHNhbHQ$" + "a" * 22, "password": "x"},
                "hasher.hash": {"password": "x" * 10_000_000},
                "store.run": {"collection": "tickets", "operation": "drop_database", "args": [], "options": {}},
            }.items():
                try:
                    server.peer.call(do, timeout=1, **given)
                    print("LEAK the grader served", do)
                except Exception: pass
        """,
        "eight calls",
    ),
    "a pattern that runs for ever in the grader": harms(
        """
        import gc
        def harm():
            (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
            db = server.shop.line
            match = {"$regexMatch": {"input": "$number", "regex": "(a+)+$"}}
            for pattern in ({"number": {"$regex": "(a+)+$"}}, {"$expr": match}):
                try: db.call("store.run", timeout=1, collection="tickets", operation="find", args=[pattern], options={})
                except Exception as error: print(type(error).__name__)
        """,
        "two queries",
    ),
    "a number that the grader would work out all day": harms(
        """
        import gc
        def harm():
            (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
            for least in ({"$pow": [10, 10**9]}, {"$size": {"$range": [0, 10**11]}}):
                wanted = {"$expr": {"$gt": [least, 1]}}
                try:
                    server.shop.line.call(
                        "store.run", collection="tickets", operation="find", args=[wanted], options={})
                    print("LEAK worked out")
                except ValueError as error: print(error)
        """,
        "two queries",
    ),
    "documents a thousand levels deep": harms(
        """
        import gc
        def harm():
            (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
            deep = {}
            for _ in range(90): deep = {"$and": [deep, deep]} if _ < 12 else {"a": deep}
            for operation in ("find", "insert_one", "delete_many"):
                try: server.shop.line.call("store.run", collection="deep", operation=operation, args=[deep], options={})
                except Exception as error: print(type(error).__name__)
        """,
        "three documents",
    ),
    "forty megabytes for the store": harms(
        """
        import gc
        def harm():
            (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
            row = {"numbers": [1] * 80_000}
            for _ in range(40):
                given = {"collection": "heavy", "operation": "insert_one", "args": [dict(row)], "options": {}}
                server.shop.line.call("store.run", **given)
            print("LEAK the grader keeps forty megabytes")
        """,
        "40 rows of about 1 MB",
    ),
    "a question that takes the store hours": harms(
        """
        import gc
        def harm():
            (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
            def ask(operation, asked):
                given = {"collection": "many", "operation": operation, "args": [asked], "options": {}}
                try: server.peer.call("store.run", timeout=2, **given)
                except ValueError: pass
                except TimeoutError: print("LEAK the grader looks for a number among numbers for hours")
            for _ in range(5): ask("insert_many", [{"n": n} for n in range(1000)])
            ask("find_one", {"m": {"$in": list(range(50_000))}})
        """,
        "5,000 rows, 50,000 numbers",
    ),
    "a thousand calls at once": harms(
        """
        import gc, threading
        def harm():
            (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
            frame = server.peer._frame({"id": 1, "do": "hasher.log", "with": {}})
            for _ in range(5000): server.peer._send(frame)
        """,
        "5,000 calls",
    ),
}
