"""What this machine has, and what is missing for what."""

import ctypes
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from labsrv.kit.store import URI, StoreUnavailable, open_store

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "firefox", "msedge")
SYS_LANDLOCK_CREATE_RULESET = 444


@dataclass(frozen=True)
class Finding:
    """One thing looked for: `fine` or not, what was found, and what to do about it."""

    name: str
    fine: bool
    what: str
    way_out: str = ""

    @property
    def sign(self) -> str:
        return "✓" if self.fine else "–"


def findings() -> list[Finding]:
    """Look at everything."""
    looks = (python, packages, names, browser, safari, mongodb, forks, namespaces, landlock, seccomp, limits)
    return [look() for look in looks]


def python() -> Finding:
    """Which Python runs this."""
    return Finding(
        "Python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.platform(terse=True)}"
    )


def packages() -> Finding:
    """Whether `passlib` is the kept one."""
    try:
        old = version("passlib")
    except PackageNotFoundError:
        return Finding(
            "Packages",
            True,
            f"JupyterLab {version('jupyterlab')}, Flask {version('flask')}, libpass {version('libpass')}",
        )

    way_out = "Run `pip uninstall passlib` here, then `python3 lab.py`."
    return Finding("Packages", False, f"passlib {old} is installed beside libpass: it fails on new bcrypt", way_out)


def names() -> Finding:
    """Whether programs other than browsers resolve *.localhost."""
    try:
        socket.getaddrinfo("shop.localhost", 80)
    except OSError:
        return Finding("*.localhost", True, "browsers resolve it by themselves; other programs on this machine do not")

    return Finding("*.localhost", True, "resolved by this machine as well as by browsers")


def browser() -> Finding:
    """Whether a real browser is on the path: the course needs none, its own tests do."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return Finding("Browser", True, f"{name} at {path}")

    return Finding(
        "Browser",
        False,
        "none on the PATH: `python3 lab.py test` skips its browser tests",
        "Install Chromium for them.",
    )


def safari() -> Finding:
    """What does not work in Safari."""
    if sys.platform != "darwin":
        return Finding(
            "Safari", True, "not here, which is as well: it neither resolves *.localhost nor keeps Secure cookies there"
        )

    return Finding(
        "Safari", False, "it neither resolves *.localhost nor keeps Secure cookies there", "Use Firefox or Chrome."
    )


def mongodb() -> Finding:
    """Whether a MongoDB is configured, and answers."""
    if not os.environ.get(URI):
        return Finding("MongoDB", True, f"not configured ({URI}): the labs keep their store in memory, which is enough")

    try:
        store = open_store("doctor")
    except StoreUnavailable as error:
        return Finding("MongoDB", False, str(error))

    where = store.where
    store.close()
    return Finding("MongoDB", True, where)


def forks() -> Finding:
    """Whether submissions are forked, which makes checks fast."""
    from labsrv.grading.processes import CAN_FORK

    slow = "no: each check starts a process of its own, which takes about half a second longer"
    return Finding("Fork", CAN_FORK, "yes: a check's process starts in milliseconds" if CAN_FORK else slow)


def namespaces() -> Finding:
    """Whether this user may make user, network and PID namespaces."""
    if sys.platform != "linux":
        return not_here("Namespaces")

    return layer(
        "Namespaces", tried(enter_namespaces), "user, network and PID", "The system refuses them to ordinary users."
    )


def landlock() -> Finding:
    """Whether the kernel can restrict files by Landlock."""
    if sys.platform != "linux":
        return not_here("Landlock")

    abi = ctypes.CDLL(None, use_errno=True).syscall(SYS_LANDLOCK_CREATE_RULESET, None, 0, 1)
    return layer("Landlock", abi > 0, f"version {abi}", "It needs Linux 5.13 or newer with Landlock switched on.")


def seccomp() -> Finding:
    """Whether the kernel can filter system calls."""
    if sys.platform != "linux":
        return not_here("Seccomp")

    actions = Path("/proc/sys/kernel/seccomp/actions_avail")
    return layer("Seccomp", actions.exists(), "available", "This kernel was built without it.")


def limits() -> Finding:
    """Whether the system can bound a process's memory and time."""
    try:
        import resource
    except ImportError:
        return not_here("Limits")

    return layer("Limits", hasattr(resource, "RLIMIT_DATA"), "memory, files, processor time", "")


def layer(name: str, has: bool, what: str, missing: str) -> Finding:
    """Return the finding for one layer of the sandbox that grading strangers' code will use."""
    return Finding(f"Sandbox: {name}", has, what if has else f"missing. {missing} Your own exercises need none of it.")


def not_here(name: str) -> Finding:
    """Return the finding for a layer that this system does not have."""
    return Finding(f"Sandbox: {name}", False, f"{platform.system()} has none. Your own exercises need none of it.")


def tried(attempt: Callable[[], None]) -> bool:
    """Tell whether something works, by doing it in a process of its own."""
    code = f"import labsrv.doctor as doctor; doctor.{attempt.__name__}()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20)
    return done.returncode == 0


def enter_namespaces() -> None:
    """Enter new user, network and PID namespaces, or raise `OSError`."""
    everything = 0x10000000 | 0x40000000 | 0x20000000  # CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWPID
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(everything) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
