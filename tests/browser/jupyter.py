"""Drive a real JupyterLab: a playwright page that opens a folder's notebooks in it.

with JupyterLab(server, course) as jupyter:
    jupyter.open(page, "notebooks/00_start_here.ipynb")
    jupyter.run_all(page)
    assert not jupyter.errors(page)
"""

import json
import re
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Any

from tests.browser.server import DARK, LIGHT, Server
from tests.patience import wait_until

__all__ = ["AS_THE_SYSTEM", "DARK", "LIGHT", "JupyterLab", "Notebook7"]

# For a context's `color_scheme`: playwright emulates a system in the light by default, and that reaches into frames,
# whatever the page around them says of theirs.
AS_THE_SYSTEM = "null"
# How outputs are marked that went to stderr, and those of cells that raised.
ERRORS = ('[data-mime-type="application/vnd.jupyter.stderr"]', '[data-mime-type="application/vnd.jupyter.error"]')


class JupyterLab:
    """A folder below a server's own, as a test works in it. Who comes next finds nothing that was left here."""

    def __init__(self, server: Server, folder: Path, *, theme: str = LIGHT):
        self.server, self.folder, self.theme = server, folder, theme

    def __enter__(self) -> "JupyterLab":
        self.server.begin(self.folder, self.theme)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.end_kernels()

    def open(self, page: Any, notebook: str) -> None:
        """Open a notebook in a fresh workspace, and wait until its kernel listens."""
        page.goto(self.address_of(notebook))
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        self.wait_for_kernel(page, notebook)

    def address_of(self, notebook: str) -> str:
        """Return where a notebook opens, alone in a workspace of its own."""
        workspace = f"lab/workspaces/{secrets.token_hex(4)}/tree/{self.path(notebook)}"
        return f"{self.server.url}{workspace}?reset&token={self.server.token}"

    def path(self, notebook: str) -> str:
        """Return a notebook's path as the server knows it."""
        return (self.folder / notebook).relative_to(self.server.folder).as_posix()

    def open_too(self, page: Any, notebook: str) -> None:
        """Open one more notebook of the folder in the same window, in front of the others."""
        page.locator(".jp-DirListing-item", has_text=notebook.split("/")[-1]).dblclick()
        page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for()
        self.wait_for_kernel(page, notebook)

    def reload(self, page: Any, *files: str) -> None:
        """Reload the page as soon as these notebooks and files would be found open again: JupyterLab notes a moment
        later than it shows them what is open.
        """
        wait_until(lambda: self.remembers(page, files), f"It does not note that {' and '.join(files)} is open.", page)
        page.reload()

    def remembers(self, page: Any, files: Collection[str]) -> bool:
        """Say whether the workspace that the server keeps has all of these files open."""
        found = re.search(r"/lab/workspaces/([^/?#]+)", page.url)
        kept = self.server.answers(f"lab/api/workspaces/{found[1]}") if found else {}
        opened = json.dumps(kept.get("data", {}).get("layout-restorer:data", {}), ensure_ascii=False)
        return all(f":{self.path(file)}" in opened for file in files)

    def close(self, page: Any, notebook: str) -> None:
        """Choose File → Close and Shut Down Notebook for the one in front, and wait until its kernel is gone."""
        page.locator(".lm-MenuBar-item", has_text="File").first.click()
        page.locator('.lm-Menu-item[data-command="filemenu:close-and-cleanup"]').click()
        sure = page.locator(".jp-Dialog .jp-mod-accept")

        def is_gone() -> bool:
            if sure.count():
                sure.first.click()
            return not self.kernel(notebook)

        wait_until(is_gone, "Its kernel lives on.", page)

    def wait_for_kernel(self, page: Any, notebook: str) -> None:
        """Wait until a notebook's kernel listens."""
        # The toolbar says idle before the kernel's socket is up, and Run All is then silently dropped.
        wait_until(lambda: self.kernel(notebook).get("connections"), "No kernel connected.", page)
        self.wait_for_idle(page, notebook)

    def wait_for_idle(self, page: Any, notebook: str) -> None:
        """Wait until a notebook's kernel has nothing to do."""
        wait_until(lambda: self.kernel(notebook).get("execution_state") == "idle", "The kernel is not idle.", page)

    def kernel(self, notebook: str) -> dict[str, Any]:
        """Return what the server says of a notebook's kernel."""
        sessions = self.server.answers("api/sessions")
        return next((each["kernel"] for each in sessions if each["path"] == self.path(notebook)), {})

    def run_all(self, page: Any) -> None:
        """Choose Run → Run All Cells, and wait until each code cell has its number, or one has raised."""
        page.locator(".lm-MenuBar-item", has_text="Run").first.click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        wait_until(lambda: self.has_run(page), "Cells are still running.", page)

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
        wait_until(lambda: is_light(page) == (theme == LIGHT), "The colours did not come.", page)

    def has_run(self, page: Any) -> bool:
        """Say whether nothing runs any more: after a cell that raised, Jupyter leaves the rest alone."""
        unfinished = self.unfinished(page)
        return not unfinished or (bool(self.errors(page)) and not any("*" in prompt for prompt in unfinished))

    def errors(self, page: Any) -> list[str]:
        """Return what cells wrote as errors."""
        return page.locator(", ".join(ERRORS)).all_inner_texts()


class Notebook7(JupyterLab):
    """The same, with the classic notebook's successor: one document to a page, and files open in tabs of their own."""

    def address_of(self, notebook: str) -> str:
        """Return where a notebook opens."""
        return f"{self.server.url}notebooks/{self.path(notebook)}?token={self.server.token}"

    def reload(self, page: Any, *files: str) -> None:
        """Reload the page: its address names the one document in it."""
        page.reload()


def is_light(page: Any) -> bool:
    """Say whether the views' ground is a light one by now."""
    ground = page.evaluate("getComputedStyle(document.body).getPropertyValue('--jp-layout-color1').trim()")
    return bool(ground == "white")
