"""Reads what is not its business: solutions, checks, other students, secrets; and the secure decision in all ways."""

from tests.grading.hostile.rows import harms, steals

# Reads a file in several ways; prints what of it is nobody's business.
READ = """
import os
def read(path):
    try:
        with open(path, "rb") as file:
            text = file.read(200_000)
    except OSError:
        return b""
    print("LEAK read", path)
    return text
def decision(text):
    names = {}
    exec(text, names)
    return names["may_enter"]
"""


def reads(*paths: str) -> str:
    """Return the text of a submission that takes the first of some files that it can read for its decision."""
    return READ + f"\ndef stolen():\n    return decision(next(filter(None, map(read, {list(paths)!r}))))\n"


SOLUTION = "@COURSE@/solutions/00_start_here/00_template.py"

FILES = {
    "the solution": steals(reads(SOLUTION)),
    "the checks": steals(reads("@COURSE@/exercises/00_start_here/test_00_template.py")),
    "another student's answer": steals(reads("@CLASS@/bea/00_start_here/00_template.py")),
    "its own neighbours": steals(reads("@OWN@/neighbour.py")),
    "the gradebook": steals(reads("@COURSE@/.authlab/progress.json", "@CLASS@/gradebook.sqlite")),
    "the solution by a symbolic link": steals(
        READ
        + f"""
def stolen():
    for place in (".", "@DROP@", "/dev/shm", "/tmp"):
        link = f"{{place}}/authlab-hostile-@MARK@-link"
        try: os.symlink("{SOLUTION}", link)
        except OSError: pass
        text = read(link)
        if text: return decision(text)
"""
    ),
    "the solution by a hard link": steals(
        READ
        + f"""
def stolen():
    for place in (".", "@DROP@"):
        link = f"{{place}}/authlab-hostile-@MARK@-hard"
        try: os.link("{SOLUTION}", link)
        except OSError: pass
        text = read(link)
        if text: return decision(text)
"""
    ),
    "the solution by other names for the root": steals(
        READ
        + f"""
def stolen():
    for root in ("/proc/self/root", "/proc/1/root", "/proc/self/cwd/..", "/proc/self/task/1/root", "/../..", "../../.."):
        text = read(root + "{SOLUTION}")
        if text: return decision(text)
"""
    ),
    "the solution through every open descriptor": steals(
        READ
        + f"""
def stolen():
    for number in range(64):
        try: file = os.open("{SOLUTION}"[1:], os.O_RDONLY, dir_fd=number)
        except OSError: continue
        print("LEAK a folder was open")
        return decision(os.read(file, 200_000))
"""
    ),
    "the solution from outside a new root": steals(
        READ
        + f"""
def stolen():
    os.makedirs("authlab-hostile-@MARK@-jail", exist_ok=True)
    here = os.open(".", os.O_RDONLY)
    os.chroot("authlab-hostile-@MARK@-jail")
    os.fchdir(here)
    for _ in range(40): os.chdir("..")
    return decision(read("{SOLUTION}"[1:]))
"""
    ),
    "whatever a walk over the disk finds": harms(
        """
        import os
        def harm():
            looked = 0
            for top in ("@COURSE@", "@CLASS@", "/proc", "/home", "/root", "/etc", "/var", "/tmp"):
                for folder, folders, files in os.walk(top):
                    for name in files:
                        looked += 1
                        if looked > 2000: return
                        try: text = open(os.path.join(folder, name), "rb").read(4096)
                        except OSError: continue
                        if b"@CANARY@"[::-1] in text[::-1] or folder.startswith(("/etc", "/root", "/home")):
                            print("LEAK", os.path.join(folder, name))
        """,
        "2,000 files looked at",
    ),
    "whether a file is there": harms(
        f"""
        import os
        def harm():
            for path in ("{SOLUTION}", "@CLASS@/bea", "@COURSE@/.git"):
                if os.path.lexists(path): print("LEAK there is", path)
        """,
        "three names looked up",
    ),
    "git's objects": steals(
        READ
        + """
import zlib
def stolen():
    for folder, _, names in os.walk("@COURSE@/.git"):
        for name in names[:64]:
            text = read(os.path.join(folder, name))
            try: text = zlib.decompress(text)
            except zlib.error: continue
            if b"def may_enter" in text: return decision(text.partition(b"\\0")[2])
"""
    ),
    "the grader's environment": harms(
        """
        import os
        def harm():
            for name, value in os.environ.items():
                if "@CANARY@" in value or name.startswith("AUTHLAB"): print("LEAK", name, value)
            for number in (os.getpid(), os.getppid(), @GRADER@, @ZYGOTE@):
                try: text = open(f"/proc/{number}/environ", "rb").read()
                except OSError: continue
                print("LEAK the environment of", number)
        """,
        "four files read",
    ),
    "the command lines of all": harms(
        """
        import glob
        def harm():
            for path in glob.glob("/proc/[0-9]*/cmdline")[:64]:
                print("LEAK", open(path, "rb").read(60))
        """,
        "64 files read",
    ),
    "files by their handles": steals(
        READ
        + """
import ctypes
def stolen():
    libc = ctypes.CDLL(None, use_errno=True)
    handle = (ctypes.c_uint32 * 34)(128)
    mount = ctypes.c_int()
    if libc.name_to_handle_at(-100, b"/", handle, ctypes.byref(mount), 0) == 0:
        print("LEAK a handle on the root")
"""
    ),
}

SECURE = "labsrv.labs.start_here.secure.may_enter"

DECISIONS = {
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
        + 'import sys\ndef stolen():\n    return decision(read(sys.modules["labsrv.labs"].__path__[0] + "/start_here/secure/may_enter.py"))\n'
    ),
    "read from its bytecode": steals(
        """
        import glob, marshal, sys
        def stolen():
            (path,) = glob.glob(sys.modules["labsrv.labs"].__path__[0] + "/start_here/secure/__pycache__/may_enter.*.pyc")
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
    for how in (lambda: "".join(linecache.getlines(path)),
                lambda: pkgutil.get_data("labsrv.labs.start_here", "secure/may_enter.py"),
                lambda: importlib.resources.files("labsrv.labs.start_here").joinpath("secure/may_enter.py").read_text()):
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
                if isinstance(each, types.FunctionType) and each.__name__ == "may_enter" and each.__module__ != __name__:
                    return each
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

ROWS = FILES | DECISIONS
