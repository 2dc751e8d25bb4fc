"""Looks for the secure decision that the exercise is about: in labsrv, on disk, in memory."""

from tests.grading.hostile.reading import READ
from tests.grading.hostile.rows import steals

SECURE = "labsrv.labs.start_here.secure.may_enter"

ROWS = {
    "the secure decision, imported": steals(
        f"def stolen():\n    from {SECURE} import may_enter\n    return may_enter", says="may not import"
    ),
    "imported by a name made up at run time": steals(
        f"import importlib\ndef stolen(): return importlib.import_module('{SECURE}'[::-1][::-1]).may_enter"
    ),
    "imported with the closed door taken out": steals(
        f"""
        import sys
        def stolen():
            sys.meta_path[:] = [each for each in sys.meta_path if type(each).__name__ != "ClosedDoor"]
            return __import__("{SECURE}", fromlist=["may_enter"]).may_enter
        """
    ),
    "imported through labs.secure": steals(
        """
        import sys
        def stolen():
            sys.meta_path[:] = [each for each in sys.meta_path if type(each).__name__ != "ClosedDoor"]
            return sys.modules["labsrv.labs"].secure("start_here", "may_enter")
        """
    ),
    "loaded from its file": steals(
        """
        import importlib.machinery, sys
        def stolen():
            path = sys.modules["labsrv.labs"].__path__[0] + "/start_here/secure/may_enter.py"
            module = importlib.machinery.SourceFileLoader("stolen", path).load_module()
            return module.may_enter
        """
    ),
    "read from its file": steals(
        READ
        + """
import sys
def stolen():
    return decision(read(sys.modules["labsrv.labs"].__path__[0] + "/start_here/secure/may_enter.py"))
"""
    ),
    "read from its bytecode": steals(
        """
        import glob, marshal, sys
        def stolen():
            labs = sys.modules["labsrv.labs"].__path__[0]
            (path,) = glob.glob(labs + "/start_here/secure/__pycache__/may_enter.*.pyc")
            names = {}
            exec(marshal.loads(open(path, "rb").read()[16:]), names)
            return names["may_enter"]
        """
    ),
    "read by linecache, pkgutil and importlib.resources": steals(
        READ
        + """
import importlib.resources, linecache, pkgutil, sys
def stolen():
    path = sys.modules["labsrv.labs"].__path__[0] + "/start_here/secure/may_enter.py"
    package, name = "labsrv.labs.start_here", "secure/may_enter.py"
    for how in (lambda: "".join(linecache.getlines(path)),
                lambda: pkgutil.get_data(package, name),
                lambda: importlib.resources.files(package).joinpath(name).read_text()):
        try: text = how()
        except Exception: continue
        if text: return decision(text)
"""
    ),
    "found among all objects": steals(
        """
        import gc, types
        def stolen():
            for each in gc.get_objects():
                if not isinstance(each, types.FunctionType) or each.__module__ == __name__: continue
                if each.__name__ == "may_enter": return each
        """,
        "looks at every object of its process",
    ),
    "found in the shop's closures": steals(
        """
        import flask
        def stolen():
            for view in flask.current_app.view_functions.values():
                for cell in view.__closure__ or ():
                    inner = getattr(cell.cell_contents, "func", cell.cell_contents)
                    if callable(inner) and getattr(inner, "__module__", "").endswith("secure.may_enter"): return inner
        """,
        "looks at the shop's functions",
    ),
    "found in its own memory": steals(
        """
        import re
        def stolen():
            found = None
            with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as memory:
                for line in maps:
                    start, end = (int(each, 16) for each in re.match("([0-9a-f]+)-([0-9a-f]+)", line).groups())
                    if "rw" not in line or end - start > 1 << 26: continue
                    memory.seek(start)
                    if b"return number in " + b"tickets" in memory.read(end - start): print("LEAK the answer in memory")
        """,
        "reads its own memory once",
    ),
    "found in the memory of others": steals(
        """
        import os
        def stolen():
            for number in (os.getppid(), 1, @GRADER@, @ZYGOTE@):
                try: open(f"/proc/{number}/mem", "rb").close()
                except OSError: continue
                if number and number != os.getpid(): print("LEAK opened the memory of", number)
        """,
        "opens four files",
    ),
    "asked of the kernel": steals(
        """
        import ctypes, os
        def stolen():
            libc = ctypes.CDLL(None, use_errno=True)
            room, local, remote = ctypes.create_string_buffer(64), (ctypes.c_size_t * 2)(), (ctypes.c_size_t * 2)()
            local[:] = ctypes.addressof(room), 64
            remote[:] = id(os), 64
            for number in {os.getppid(), @GRADER@, @ZYGOTE@} - {0}:
                if libc.process_vm_readv(number, local, 1, remote, 1, 0) > 0: print("LEAK read the memory of", number)
                if libc.ptrace(16, number, 0, 0) == 0:
                    libc.ptrace(17, number, 0, 0)
                    print("LEAK traced", number)
        """,
        "three processes looked into",
    ),
    "a flaw's opposite": steals(
        """
        import importlib, sys
        def stolen():
            sys.meta_path[:] = [each for each in sys.meta_path if type(each).__name__ != "ClosedDoor"]
            importlib.import_module("labsrv.labs.start_here.flaws")
            print("LEAK the flaws")
        """
    ),
    "the solutions' folder as a package": steals(
        """
        import sys
        def stolen():
            sys.meta_path[:] = [each for each in sys.meta_path if type(each).__name__ != "ClosedDoor"]
            sys.path.insert(0, "@COURSE@/solutions/00_start_here")
            return __import__("00_template").may_enter
        """
    ),
}
