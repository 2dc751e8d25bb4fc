"""Reads what is not its business: solutions, checks, other students, secrets, through every path and link."""

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

ROWS = {
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
    for root in ("/proc/self/root", "/proc/1/root", "/proc/self/cwd/..", "/../..", "../../.."):
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
