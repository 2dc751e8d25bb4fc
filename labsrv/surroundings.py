"""What of the surroundings reaches our processes: the one place that decides it, for each way in.

Variables that give Python other packages or another way to read programs, pytest other options, and JupyterLab other
kernels and settings, would change what a check is, and what it says. `lab.py` passes none of them on; whoever comes
another way, by `authlab` or `python -m labsrv.cli`, begins anew without them.
"""

import os
import subprocess
import sys

MISLEADING = (
    "PYTHONHOME", "PYTHONPATH", "PYTHONOPTIMIZE", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONDONTWRITEBYTECODE",
    "PYTEST_ADDOPTS", "PYTEST_PLUGINS",
    "JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "JUPYTER_PREFER_ENV_PATH", "JUPYTERLAB_DIR", "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)  # fmt: skip
ALL_OF_PYTHON = ("PYTHONHOME", "PYTHONPATH", "PYTHONOPTIMIZE")


def surroundings() -> dict[str, str]:
    """Return the environment for our processes."""
    return {name: value for name, value in os.environ.items() if name not in MISLEADING}


def open_what_is_closed() -> None:
    """Let standard input, output and errors be there: what is opened next would take their place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "r" if number == 0 else "w", closefd=False))  # noqa: SIM115


def begin_anew_if_misled(module: str) -> None:
    """Run a module of ours anew, in the place of this process, where the surroundings have misled it already."""
    if not any(os.environ.get(name) for name in ALL_OF_PYTHON):
        for name in MISLEADING:
            os.environ.pop(name, None)
        return

    command = [sys.executable, "-m", module, *sys.argv[1:]]
    if os.name != "nt":
        os.execve(sys.executable, command, surroundings())
    sys.exit(subprocess.call(command, env=surroundings()))
