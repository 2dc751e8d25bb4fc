"""Start the zygote. This imports next to nothing: called first, it lets the zygote import while the grader does."""

import socket
import subprocess
import sys
import threading

from labsrv.grading.system.processes import CAN_FORK, clean_environment

Started = tuple[subprocess.Popen[bytes], socket.socket]
ONE_AT_A_TIME = threading.RLock()
started: Started | None = None


def start_zygote() -> Started | None:
    """Start the zygote's process; return it with the channel to it, or None where the system can't fork."""
    global started
    with ONE_AT_A_TIME:
        if CAN_FORK and not (started and started[0].poll() is None):
            started = start_from_a_lasting_thread()
        return started


def start_from_a_lasting_thread() -> Started:
    """Start the process from a thread that lives as long as we do: its system ends it with the thread it came from."""
    if threading.current_thread() is threading.main_thread():
        return start_process()

    made: list[Started] = []
    done = threading.Event()

    def stay() -> None:
        made.append(start_process())
        done.set()
        made[0][0].wait()

    threading.Thread(target=stay, name="zygote's parent", daemon=True).start()
    done.wait()
    return made[0]


def start_process() -> Started:
    """Return a new zygote's process and the channel to it."""
    channel, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "labsrv.grading.programs.zygote", str(theirs.fileno())],
            env=clean_environment(),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    return process, channel
