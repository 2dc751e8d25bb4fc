"""The server of JupyterLab: on a free port, with settings, kernels and history of its own.

Many tests share one, and each finds it as if it were the first: `begin` takes the settings back, `end_kernels` leaves
nothing of what ran.
"""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
import requests
from ipykernel.kernelspec import get_kernel_dict

from tests.patience import PATIENCE, lives, wait_until

LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
THEMES = "@jupyterlab/apputils-extension:themes"
# No news toast, and every cell in the page: the default draws only those in sight.
SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


class Server:
    """A JupyterLab on a folder; what it writes about itself lies in `scratch`."""

    module = "jupyterlab"
    own_options = (
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    )

    def __init__(self, folder: Path, scratch: Path):
        self.folder, self.scratch = folder, scratch
        self.token = secrets.token_hex(16)
        self.session = requests.Session()
        self.session.trust_env = False  # a proxy has no business with loopback
        self.session.headers["Authorization"] = f"token {self.token}"

    def __enter__(self) -> "Server":
        self.write_defaults()
        self.log = (self.scratch / "jupyter.log").open("w")
        self.runtime = Path(tempfile.mkdtemp(prefix="authlab-"))  # a short name, for the kernels' sockets
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module, *self.options()],
            cwd=self.folder,
            env=os.environ | self.environment(),
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        try:
            self.url = wait_until(self.address, f"JupyterLab did not start: {self.log.name}")
            wait_until(self.listens, f"JupyterLab does not answer: {self.log.name}")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # For one test after the other ------------------------------------------------------------------------------------

    def begin(self, course: Path, theme: str) -> None:
        """Forget all settings and workspaces; let kernels take a folder for the course."""
        assert not self.answers("api/kernels"), "Somebody else is still at work here."
        shutil.rmtree(self.scratch / "config" / "lab", ignore_errors=True)
        self.use_setting(THEMES, {"theme": theme})
        self.write_kernel(AUTHLAB_COURSE=str(course))

    def use_setting(self, name: str, values: dict[str, Any]) -> None:
        """Choose a setting, as the user does in the settings editor."""
        url = f"{self.url}lab/api/settings/{name}"
        self.session.put(url, json={"raw": json.dumps(values)}, timeout=PATIENCE).raise_for_status()

    def write_kernel(self, **variables: str) -> None:
        """Write what is known as the Python 3 kernel: the usual one, with these variables."""
        folder = self.scratch / "own" / "kernels" / "python3"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kernel.json").write_text(json.dumps(get_kernel_dict() | {"env": variables}), encoding="utf-8")

    def end_kernels(self) -> None:
        """End all kernels, and wait until nothing is left of them nor of what they started: labs, checks, hosts."""
        family = self.family()
        wait_until(self.has_no_kernel, "A kernel does not end.")
        wait_until(lambda: not any(map(lives, family)), "Something outlives the kernel that started it.")

    def has_no_kernel(self) -> bool:
        """Say whether no kernel is left; ask those that are to end."""
        kernels = self.answers("api/kernels")
        for kernel in kernels:
            # One that is being restarted stumbles over its own end, and has to be asked again.
            self.session.delete(f"{self.url}api/kernels/{kernel['id']}", timeout=PATIENCE)
        return not kernels

    # From its start to its end ---------------------------------------------------------------------------------------

    def stop(self) -> None:
        """End the server, its kernels, and whatever they started."""
        family: set[psutil.Process] = set()

        def has_ended() -> bool:
            family.update(self.family())
            # In the middle of a kernel's restart the server stumbles over its own end, and has to be asked again.
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
            return self.process.returncode is not None

        try:
            wait_until(has_ended, "JupyterLab does not end.")
            wait_until(lambda: not any(map(lives, family)), "Some of its processes live on.")
        finally:
            for left in filter(lives, family):
                left.kill()
            self.process.kill()
            self.log.close()
            self.session.close()
            shutil.rmtree(self.runtime, ignore_errors=True)

    def family(self) -> set[psutil.Process]:
        """Return the processes that the server has started, and those that these have."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return set(psutil.Process(self.process.pid).children(recursive=True))
        return set()

    def write_defaults(self) -> None:
        """Write what JupyterLab takes for its defaults."""
        folder = self.scratch / "config" / "labconfig"
        folder.mkdir(parents=True)
        (folder / "default_setting_overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")

    def options(self) -> list[str]:
        """Return the options of a server that stays on this machine and opens nothing by itself."""
        chosen = [
            "--no-browser",
            f"--ServerApp.root_dir={self.folder}",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.port=0",
            f"--IdentityProvider.token={self.token}",
            "--LanguageServerManager.autodetect=False",
            *([] if os.name == "nt" else ["--KernelManager.transport=ipc"]),
            *self.own_options,
        ]
        return chosen + (["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])

    def environment(self) -> dict[str, str]:
        """Return the variables that keep this user's own Jupyter out of it."""
        names = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_PATH": "own",
            "IPYTHONDIR": "ipython",
        }
        return {name: str(self.scratch / each) for name, each in names.items()} | {
            "JUPYTER_RUNTIME_DIR": str(self.runtime)
        }

    def address(self) -> str | None:
        """Return where the server listens, once it has written that down."""
        if self.process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended by itself: {self.log.name}")
        for file in self.runtime.glob("jpserver-*.json"):
            try:
                return f"http://127.0.0.1:{json.loads(file.read_text())['port']}/"
            except ValueError:
                return None  # half written
        return None

    def listens(self) -> bool:
        """Say whether the server can be asked by now."""
        with contextlib.suppress(requests.ConnectionError):
            return bool(self.answers("api"))
        return False

    def answers(self, path: str) -> Any:
        """Return what the server's API says."""
        return self.session.get(self.url + path, timeout=PATIENCE).json()


class NotebookServer(Server):
    """The same with Notebook 7, the classic notebook's successor."""

    module = "notebook"
    own_options = (
        "--JupyterNotebookApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--JupyterNotebookApp.extension_manager=readonly",
    )
