"""Drive a real JupyterLab: a server of its own on a free port, and a playwright page that opens notebooks in it.

with JupyterLab(course, scratch) as jupyter:
    jupyter.open(page, "notebooks/00_start_here.ipynb")
    jupyter.run_all(page)
    assert not jupyter.errors(page)
"""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import requests

LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
# No news toast, and every cell in the page: the default draws only those in sight.
SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
# How outputs are marked that went to stderr, and those of cells that raised.
ERRORS = ('[data-mime-type="application/vnd.jupyter.stderr"]', '[data-mime-type="application/vnd.jupyter.error"]')

# To end, one a second.
MOST_REQUESTS = 5


class JupyterLab:
    """A JupyterLab on a folder, with settings, kernels and history of its own in `scratch`."""

    module = "jupyterlab"
    own_options = (
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    )

    def __init__(self, folder: Path, scratch: Path, *, theme: str = LIGHT):
        self.folder = folder
        self.scratch = scratch
        self.theme = theme
        self.token = secrets.token_hex(16)
        self.session = requests.Session()
        self.session.trust_env = False  # a proxy has no business with loopback
        self.session.headers["Authorization"] = f"token {self.token}"

    def __enter__(self) -> "JupyterLab":
        self.write_settings()
        self.log = (self.scratch / "jupyter.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module, *self.options()],
            cwd=self.folder,
            env=os.environ | self.environment(),
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        try:
            self.url = wait_until(self.address, 60, f"JupyterLab did not start: {self.log.name}")
            wait_until(lambda: self.answers("api"), 30, f"JupyterLab does not answer: {self.log.name}")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server, its kernels, and whatever they started."""
        family: set[psutil.Process] = set()
        for _ in range(MOST_REQUESTS):
            family |= self.family()
            # In the middle of a kernel's restart the server stumbles over its own end, and has to be asked again.
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                break
        else:
            self.process.kill()
            self.process.wait()
        with contextlib.suppress(TimeoutError):
            wait_until(lambda: not any(map(lives, family)), 2, "Some of its processes live on.")
        for left in filter(lives, family):
            left.kill()
        self.log.close()
        self.session.close()

    def family(self) -> set[psutil.Process]:
        """Return the processes that the server has started, and those that these have."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return set(psutil.Process(self.process.pid).children(recursive=True))
        return set()

    def write_settings(self) -> None:
        """Write what JupyterLab takes for its defaults."""
        settings = SETTINGS | {"@jupyterlab/apputils-extension:themes": {"theme": self.theme}}
        folder = self.scratch / "config" / "labconfig"
        folder.mkdir(parents=True)
        (folder / "default_setting_overrides.json").write_text(json.dumps(settings))

    def options(self) -> list[str]:
        """Return the options of a server that stays on this machine and opens nothing by itself."""
        chosen = [
            "--no-browser",
            f"--ServerApp.root_dir={self.folder}",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.port=0",
            f"--IdentityProvider.token={self.token}",
            "--LanguageServerManager.autodetect=False",
            *self.own_options,
        ]
        return chosen + (["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])

    def environment(self) -> dict[str, str]:
        """Return the variables that keep this user's own Jupyter out of it; kernels take the folder for the course."""
        names = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
        }
        return {name: str(self.scratch / each) for name, each in names.items()} | {"AUTHLAB_COURSE": str(self.folder)}

    def address(self) -> str | None:
        """Return where the server listens, once it has written that down."""
        if self.process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended by itself: {self.log.name}")
        for file in (self.scratch / "runtime").glob("jpserver-*.json"):
            try:
                return f"http://127.0.0.1:{json.loads(file.read_text())['port']}/"
            except ValueError:
                return None  # half written
        return None

    def answers(self, path: str) -> Any:
        """Return what the server's API says, or None while it says nothing."""
        try:
            return self.session.get(self.url + path, timeout=5).json()
        except requests.ConnectionError:
            return None

    def open(self, page: Any, notebook: str) -> None:
        """Open a notebook in a fresh workspace, and wait until its kernel listens."""
        page.goto(self.address_of(notebook))
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
        self.wait_for_kernel(page, notebook)

    def address_of(self, notebook: str) -> str:
        """Return where a notebook opens, alone in a workspace of its own."""
        return f"{self.url}lab/workspaces/{secrets.token_hex(4)}/tree/{notebook}?reset&token={self.token}"

    def open_too(self, page: Any, notebook: str) -> None:
        """Open one more notebook of the folder in the same window, in front of the others."""
        page.locator(".jp-DirListing-item", has_text=notebook).dblclick()
        page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for(timeout=60_000)
        self.wait_for_kernel(page, notebook)

    def wait_for_kernel(self, page: Any, notebook: str) -> None:
        """Wait until a notebook's kernel listens."""
        # The toolbar says idle before the kernel's socket is up, and Run All is then silently dropped.
        wait_until(lambda: self.kernel(notebook).get("connections"), 60, "No kernel connected.", page)
        self.wait_for_idle(page, notebook)

    def wait_for_idle(self, page: Any, notebook: str) -> None:
        """Wait until a notebook's kernel has nothing to do."""
        wait_until(lambda: self.kernel(notebook).get("execution_state") == "idle", 60, "The kernel is not idle.", page)

    def kernel(self, notebook: str) -> dict[str, Any]:
        """Return what the server says of a notebook's kernel."""
        sessions = self.answers("api/sessions") or []
        return next((each["kernel"] for each in sessions if each["path"] == notebook), {})

    def run_all(self, page: Any, timeout: float = 120) -> None:
        """Choose Run → Run All Cells, and wait until each code cell has its number, or one has raised."""
        page.locator(".lm-MenuBar-item", has_text="Run").first.click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        wait_until(lambda: self.errors(page) or not self.unfinished(page), timeout, "Cells are still running.", page)

    def unfinished(self, page: Any) -> list[str]:
        """Return the prompts of code cells that were not run to their end."""
        prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
        return [prompt for prompt in prompts if not any(letter.isdigit() for letter in prompt)]

    def use_theme(self, page: Any, theme: str) -> None:
        """Choose a theme in the menu, and wait until its colours are there: they come later than its name."""
        body = page.locator("body")
        if body.get_attribute("data-jp-theme-name") != theme:
            page.locator(".lm-MenuBar-item", has_text="Settings").first.click()
            page.locator(".lm-Menu-item", has_text="Theme").first.hover()
            page.locator('.lm-Menu-item[data-command="apputils:change-theme"]', has_text=theme).first.click()
            page.locator(".lm-Menu").first.wait_for(state="detached")
        page.locator(f'body[data-jp-theme-name="{theme}"]').wait_for(state="attached")
        wait_until(lambda: is_light(page) == (theme == LIGHT), 10, "The colours did not come.", page)

    def end_kernels(self) -> None:
        """End all kernels, with the labs in them."""
        for kernel in self.answers("api/kernels") or []:
            self.session.delete(f"{self.url}api/kernels/{kernel['id']}", timeout=10)

    def errors(self, page: Any) -> list[str]:
        """Return what cells wrote as errors."""
        return page.locator(", ".join(ERRORS)).all_inner_texts()


class Notebook7(JupyterLab):
    """The same, with the classic notebook's successor: one document to a page, and files open in tabs of their own."""

    module = "notebook"
    own_options = (
        "--JupyterNotebookApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--JupyterNotebookApp.extension_manager=readonly",
    )

    def address_of(self, notebook: str) -> str:
        """Return where a notebook opens."""
        return f"{self.url}notebooks/{notebook}?token={self.token}"


def is_light(page: Any) -> bool:
    """Say whether the views' ground is a light one by now."""
    ground = page.evaluate("getComputedStyle(document.body).getPropertyValue('--jp-layout-color1').trim()")
    return bool(ground == "white")


def lives(process: psutil.Process) -> bool:
    """Say whether a process still runs; one that has ended and waits to be collected does not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def wait_until(fact: Callable[[], Any], seconds: float, otherwise: str, page: Any = None) -> Any:
    """Return what `fact()` says as soon as it is true; raise `TimeoutError` after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := fact():
            return found
        # A page that is waited for must be let do its work.
        page.wait_for_timeout(100) if page else time.sleep(0.1)

    raise TimeoutError(otherwise)
