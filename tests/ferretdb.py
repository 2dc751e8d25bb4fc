"""FerretDB: a server that speaks MongoDB's protocol and is not ours. `.ci/ferretdb` builds it where Go is at hand."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.patience import wait_until

BUILT = "AUTHLAB_FERRETDB"


def named() -> str | None:
    """Return the program's path, None where there is none; it may still be about to be built."""
    return os.environ.get(BUILT) or shutil.which("ferretdb")


def missing() -> str:
    """Return why there is no program, "" once it is built."""
    program = named()
    if not program:
        return f"no FerretDB on this machine: `.ci/ferretdb TARGET` builds one, and {BUILT} names it"

    failed = Path(f"{program}.failed")
    wait_until(lambda: Path(program).exists() or failed.exists(), "FerretDB is never built.")
    return "" if Path(program).exists() else f"FerretDB could not be built: {failed.read_text()[-300:]}"


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Let the server run, its data in a folder, and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "handler": "sqlite",
        "sqlite-url": f"file:{folder}/?_pragma=journal_mode(wal)&_pragma=synchronous(off)",
        "state-dir": folder,
        "listen-addr": f"127.0.0.1:{port}",
        "debug-addr": "-",
        "telemetry": "disable",
        "log-level": "error",
    }
    command = [named(), *(f"--{name}={value}" for name, value in options.items())]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            wait_until(lambda: server.poll() is not None or answers(port), "FerretDB never answers.")
            assert server.poll() is None, (folder / "log").read_text()
            yield f"mongodb://127.0.0.1:{port}/"
        finally:
            server.terminate()


def answers(port: int) -> bool:
    """Return whether somebody listens there."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
