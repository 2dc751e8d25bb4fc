"""The sandbox that a submission's process enters before it imports the submission, layer by layer.

    warden                         ──fork──▶ host, the first process of its PID namespace
    user and PID namespace begin             network and mount namespace · limits · Landlock · seccomp
    (root: the PID namespace alone)          (root: becomes nobody, in a user namespace)

The warden stays outside and is trusted; when it ends, the host and all below it end.

Each layer holds by itself what it can. One that this system lacks is left out, and `Sandbox.missing` says why: the
others go on. `available()` tells which there are. AUTHLAB_SANDBOX_WITHOUT=landlock,seccomp leaves layers out for tests.
"""

import contextlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from labsrv.grading.sandbox import landlock, limits, reading, seccomp, users, view
from labsrv.grading.sandbox.calls import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWPID,
    CLONE_NEWUTS,
    LINUX,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    Missing,
    drop_capabilities,
    libc,
    prctl,
    unshare,
)

LAYERS = {
    "user": "user namespace (no power over anything outside, limits counted apart)",
    "pid": "PID namespace (sees no other process, ends as a whole)",
    "network": "network namespace (no network, not even loopback)",
    "mount": "mount namespace (finds no file but what it may read)",
    "limits": "limits (memory, file size, open files, processes, processor time)",
    "landlock": "Landlock (opens no file but what it may read)",
    "seccomp": "seccomp (makes no system call that a decision does not need)",
}
WITHOUT = "AUTHLAB_SANDBOX_WITHOUT"
NEEDED = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ")


class Sandbox:
    """The layers for one host. `on` has the names of those that this process has entered, `missing` why not."""

    def __init__(self, technique: str, seconds: int | None, without: str = ""):
        self.readable = reading.readable(technique) if LINUX else []
        self.seconds = seconds
        self.without = without.replace(",", " ").split()
        self.on: list[str] = []
        self.missing: dict[str, str] = {}
        self.root = LINUX and os.geteuid() == 0

    def enter(self, layer: str, how: Callable[[], None], linux: bool = True) -> bool:
        """Enter one layer, or note why not."""
        try:
            if layer in self.without:
                raise Missing("switched off")
            if linux and not LINUX:
                raise Missing("only Linux has it")
            how()
        except (OSError, Missing) as error:
            self.missing[layer] = str(error)
            return False

        self.on.append(layer)
        return True

    def before_the_fork(self) -> None:
        """Enter what begins with the next child. Root needs no user namespace for that, and gets one later."""
        if not self.root:
            self.enter("user", users.enter)
        self.enter("pid", lambda: unshare(CLONE_NEWPID))

    def after_the_fork(self) -> None:
        """Enter the rest, in the first process inside."""
        self.enter("network", lambda: unshare(CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS))
        proc = os.open("/proc/self", os.O_PATH | os.O_CLOEXEC) if self.root else None
        seen = self.enter("mount", lambda: view.enter([*self.readable, reading.VOID]))
        if proc is not None:
            self.stop_being_root(proc)
            os.close(proc)
        self.scrub_the_environment(seen)
        self.enter("limits", lambda: limits.restrict(self.seconds, self.is_counted_alone()), linux=False)
        if LINUX:
            self.give_up_powers()
        writable = [reading.VOID, *([view.SCRATCH] if seen else [])]
        self.enter("landlock", lambda: landlock.restrict(self.readable, writable))
        self.enter("seccomp", seccomp.restrict)

    def stop_being_root(self, proc: int) -> None:
        """Become an ordinary user in a user namespace; remain a powerless root where nobody else may read Python."""
        if "mount" in self.on or users.anybody_reads(self.readable):
            with contextlib.suppress(OSError):  # a root without the power to be somebody else, as in some containers
                users.become_nobody()
        self.enter("user", lambda: users.enter(proc))

    def is_counted_alone(self) -> bool:
        """Tell whether a limit on processes counts the sandbox's alone. Root's are not counted at all."""
        return "user" in self.on and users.counts_apart() and os.geteuid() != 0

    def give_up_powers(self) -> None:
        """Have no capability, gain none by executing anything, and end with the warden."""
        drop_capabilities()
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        prctl(PR_SET_PDEATHSIG, 9)  # a change of user has made the kernel forget it

    def scrub_the_environment(self, seen: bool) -> None:
        """Keep what Python and a shell need."""
        kept = {name: os.environ[name] for name in NEEDED if name in os.environ}
        os.environ.clear()
        os.environ.update(kept | ({"TMPDIR": view.SCRATCH, "HOME": view.SCRATCH} if seen else {}))


def prepare() -> None:
    """Work out once, before anything is forked, what every sandbox needs."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: F401  (imported before the fork)

    if LINUX:
        libc()
        reading.system()
        users.counts_apart()
        with contextlib.suppress(Missing):
            seccomp.program(platform.machine())


def available() -> dict[str, str]:
    """Return each layer with "" where this machine has it, else with the reason. It is tried in another process."""
    command = [sys.executable, "-I", "-m", "labsrv.grading.sandbox.probe"]
    environment = {name: value for name, value in os.environ.items() if name != WITHOUT}
    done = subprocess.run(command, capture_output=True, timeout=30, env=environment)
    try:
        missing: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        missing = dict.fromkeys(LAYERS, "the process that tried it did not come back")
    return {layer: str(missing.get(layer, "")) for layer in LAYERS}
