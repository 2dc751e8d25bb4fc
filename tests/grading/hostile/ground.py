"""The ground on which hostile submissions are let loose: a copy of the course with things worth stealing in it.

Everything that must not be read carries a drawn word, the canary; everything that must not be reached counts.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.grading.hostile.rows import HONEST

PROJECT = Path(__file__).resolve().parents[3]
ELSEWHERE = ("/tmp", "/var/tmp", "/dev/shm", "/run")


class Ground:
    """A course, a class, listeners and a bystander. `words` replaces the places in a submission's text."""

    def __init__(self, folder: Path, ends: contextlib.ExitStack):
        self.mark, self.canary = secrets.token_hex(6), f"canary-{secrets.token_hex(8)}"
        self.heard: list[str] = []
        self.course, self.people, self.drop = folder / "course", folder / "class", folder / "drop"
        self.own = self.people / "mal" / "00_start_here"
        self.lay_out_the_course()
        self.seat_the_class()
        self.drop.mkdir()
        self.drop.chmod(0o777)
        self.port, self.udp = self.listen(ends)
        self.bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(900)"])
        ends.callback(self.bystander.wait)
        ends.callback(self.bystander.kill)
        self.before = self.fingerprint()

    def lay_out_the_course(self) -> None:
        """Copy the course; put a canary into what is closed, and the secure decision into git's objects."""
        for name in ("exercises", "solutions"):
            shutil.copytree(PROJECT / name, self.course / name)
        (self.course / "labsrv").symlink_to(PROJECT / "labsrv")
        shutil.copy(PROJECT / "pyproject.toml", self.course)
        for path in (self.course / "solutions").rglob("*.py"):
            path.write_text(f"{path.read_text()}\n# {self.canary}\n")
        for name, text in {".authlab/progress.json": "{}", ".git/HEAD": "ref: refs/heads/main"}.items():
            path = self.course / name
            path.parent.mkdir()
            path.write_text(text)
        blob = f"{HONEST}# {self.canary}\n".encode()
        loose = self.course / ".git" / "objects" / "ab" / "cdef"
        loose.parent.mkdir(parents=True)
        loose.write_bytes(zlib.compress(b"blob %d\0" % len(blob) + blob))

    def seat_the_class(self) -> None:
        """Give other students their answers, and the instructor a gradebook."""
        for path in (self.people / "bea/00_start_here/00_template.py", self.own / "neighbour.py"):
            path.parent.mkdir(parents=True)
            path.write_text(f"{HONEST}# {self.canary}\n")
        (self.people / "gradebook.sqlite").write_text(self.canary)

    def listen(self, ends: contextlib.ExitStack) -> tuple[int, int]:
        """Listen on loopback in four ways; return the two ports."""
        tcp = socket.create_server(("127.0.0.1", 0))
        port = tcp.getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        listeners = {"TCP": tcp, "UDP": udp}
        for name, address in {
            "path": f"{self.drop}/listener",
            "abstract": f"\0authlab-hostile-listener-{port}",
        }.items():
            listeners[name] = socket.socket(socket.AF_UNIX)
            listeners[name].bind(address)
            listeners[name].listen()
        with contextlib.suppress(OSError):
            listeners["TCP over IPv6"] = socket.create_server(("::1", port), family=socket.AF_INET6)
        (self.drop / "listener").chmod(0o777)
        for name, listener in listeners.items():
            threading.Thread(target=self.hear, args=(name, listener), daemon=True).start()
            ends.callback(listener.close)
        return port, udp.getsockname()[1]

    def hear(self, name: str, listener: socket.socket) -> None:
        """Count who comes."""
        with contextlib.suppress(OSError):
            while True:
                if name == "UDP":
                    listener.recv(100)
                else:
                    listener.accept()[0].close()
                self.heard.append(name)

    def text(self, row_text: str, zygote: int) -> str:
        """Return a row's text with this ground's places in it."""
        words = {"COURSE": self.course, "CLASS": self.people, "OWN": self.own, "DROP": self.drop, "MARK": self.mark}
        words |= {"PORT": self.port, "UDP": self.udp, "BYSTANDER": self.bystander.pid, "CANARY": self.canary}
        words |= {"GRADER": os.getpid(), "ZYGOTE": zygote}
        for name, value in words.items():
            row_text = row_text.replace(f"@{name}@", str(value))
        return row_text

    def fingerprint(self) -> str:
        """Return a hash over the course's files and their rights."""
        found = hashlib.sha256()
        for path in sorted(self.course.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path} {path.stat().st_mode}".encode() + path.read_bytes())
        return found.hexdigest()

    def changes(self) -> list[str]:
        """Return what a submission has changed outside of its scratch folder, and put it right."""
        found = [f"wrote {path}" for path in self.traces()]
        if self.fingerprint() != self.before:
            found.append("changed the course")
            shutil.rmtree(self.course)
            self.lay_out_the_course()
            self.before = self.fingerprint()
        return found

    def traces(self) -> list[Path]:
        """Return the files that it left, removed now."""
        folders = [self.drop, self.course, self.own, *map(Path, ELSEWHERE)]
        left = {each for folder in folders for each in folder.glob(f"authlab-hostile-{self.mark}*")}
        for each in left:
            shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
        return sorted(left)


@contextlib.contextmanager
def ground() -> Iterator[Ground]:
    """Lay out a ground, and clear it away."""
    with contextlib.ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="hostile-", ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        yield Ground(folder, ends)
