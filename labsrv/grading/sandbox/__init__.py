"""The sandbox that a submission's process enters before it imports the submission, layer by layer.

    exercise server                ──fork──▶ a submission's process, the first of its PID namespace
    PID namespace begins, for one child      mount namespace · user namespace · limits · Landlock · seccomp
    (not root: inside namespaces of its own) (root: becomes nobody)

The exercise server is trusted; when it ends, what it forked and all below ends. All share its network namespace, in
which there is nothing, and begin with the view of the file system that it has laid out.

Each layer holds by itself what it can. One that this system lacks is left out, and `Sandbox.missing` says why: the
others go on. `available()` returns which there are. For tests: AUTHLAB_SANDBOX_WITHOUT=landlock,seccomp.
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
from labsrv.grading.system.forking import fork
from labsrv.grading.system.linux import (
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
    setns,
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
    """The layers for submissions. `on` has the names of those that this process has entered, `missing` why not.

    sandbox.settle()            once, in the process that forks
    sandbox.fork(work)          per submission: the child is alone in its PID namespace,
        sandbox.enter_all()     and enters the rest before it does anything else
    """

    def __init__(self, technique: str, seconds: int | None, without: str = ""):
        self.readable = reading.readable(technique) if LINUX else []
        self.seconds = seconds
        self.without = without.replace(",", " ").split()
        self.on: list[str] = []
        self.missing: dict[str, str] = {}
        self.root = LINUX and os.geteuid() == 0
        self.home: int | None = None
        # What submissions come into, or have a way into, from here; and what keeps them from it.
        self.shared = {"network": "nobody has settled", "mount": "nobody has settled"}

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

    def settle(self) -> None:
        """Be where PID namespaces can begin, one after the other; where that takes a fork, go on in the child.

        Root is there already. Others need a user namespace of their own, and to be inside the first PID namespace of
        it: only from there may they come back to it (setns(2)) and begin the next.
        """
        if not LINUX:
            return
        if not self.root and self.enter("user", users.enter) and self.enter("pid", lambda: unshare(CLONE_NEWPID)):
            go_on_in_a_child()
        with contextlib.suppress(OSError):
            self.home = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        self.enter("network", lambda: unshare(CLONE_NEWNET))
        self.enter("mount", lambda: view.prepare([*self.readable, reading.VOID]))
        self.shared = {name: self.missing.get(name, "") for name in self.shared}

    def fork(self, work: Callable[[], None]) -> int:
        """Run `work` in a child that is the first process of a PID namespace, where there are any; return its pid."""
        self.on, self.missing = [], {}
        apart = self.enter("pid", lambda: unshare(CLONE_NEWPID))
        try:
            return fork(work)
        finally:
            if apart and self.home is not None:
                setns(self.home, CLONE_NEWPID)

    def enter_all(self) -> None:
        """Enter the rest, in the child."""
        self.enter("network", lambda: self.go_on("network", lambda: unshare(CLONE_NEWIPC | CLONE_NEWUTS)))
        # Opened while it can be seen: the user namespace is written there, and the view of files has no /proc.
        proc = os.open("/proc/self", os.O_PATH | os.O_CLOEXEC) if LINUX else None
        seen = self.enter("mount", lambda: self.go_on("mount", view.enter))
        if self.root:
            self.stop_being_root()
        self.enter("user", lambda: users.enter(proc))
        if proc is not None:
            os.close(proc)

        # From outside in: what follows forbids what the layers above it had to do.
        self.scrub_the_environment(seen)
        self.enter("limits", lambda: limits.restrict(self.seconds, self.is_counted_alone()), linux=False)
        if LINUX:
            self.give_up_powers()
        writable = [reading.VOID, *([view.SCRATCH] if seen else [])]
        self.enter("landlock", lambda: landlock.restrict(self.readable, writable))
        self.enter("seccomp", seccomp.restrict)

    def go_on(self, layer: str, how: Callable[[], None]) -> None:
        """Go on from what all that one server forks share: a network without anything, a view of the file system."""
        if self.shared[layer]:
            raise Missing(self.shared[layer])

        how()

    def stop_being_root(self) -> None:
        """Become an ordinary user in a user namespace; remain a powerless root where nobody else may read Python."""
        if "mount" in self.on or users.anybody_reads(self.readable):
            with contextlib.suppress(OSError):  # a root without the power to be somebody else, as in some containers
                users.become_nobody()

    def is_counted_alone(self) -> bool:
        """Return whether a limit on processes counts the sandbox's alone. Root's are not counted at all."""
        return "user" in self.on and users.counts_apart() and os.geteuid() != 0

    def give_up_powers(self) -> None:
        """Have no capability, gain none by executing anything, and end with the exercise server."""
        drop_capabilities()
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        prctl(PR_SET_PDEATHSIG, 9)  # a change of user has made the kernel forget it

    def scrub_the_environment(self, seen: bool) -> None:
        """Keep what Python and a shell need."""
        kept = {name: os.environ[name] for name in NEEDED if name in os.environ}
        os.environ.clear()
        os.environ.update(kept | ({"TMPDIR": view.SCRATCH, "HOME": view.SCRATCH} if seen else {}))


def go_on_in_a_child() -> None:
    """Return in a child, and end with it."""
    pid = os.fork()
    if not pid:
        prctl(PR_SET_PDEATHSIG, 9)
        return

    with contextlib.suppress(ChildProcessError):  # children may be reaped by the system
        os.waitpid(pid, 0)
    os._exit(0)


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
