"""The one zygote of this process, started on first need and ended with the process; and where submissions come from."""

import atexit

from labsrv.grading.forks.fork_server import ForkServer
from labsrv.grading.forks.start import ONE_AT_A_TIME, start_zygote
from labsrv.grading.forks.zygote import Zygote

zygote: Zygote | None = None
given: ForkServer | None = None


def shared_zygote() -> Zygote:
    """Return this process's zygote; a new one if the last has died."""
    global zygote
    with ONE_AT_A_TIME:
        if zygote is None or zygote.started is not start_zygote():
            zygote = Zygote(start_zygote())
            atexit.register(zygote.close)
        return zygote


def start_if_needed() -> None:
    """Let the zygote start up, unless this process was given a fork server of another one's."""
    if given is None:
        start_zygote()


def new_fork_server() -> ForkServer:
    """Return a server to fork from: the one that this process was given, or a new one of its own zygote."""
    return given or shared_zygote().fork_server()


def use(fork_server: ForkServer) -> None:
    """Fork submissions from this server from now on: a runner is given one, and has no zygote."""
    global given
    given = fork_server
