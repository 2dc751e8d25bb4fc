"""Notebooks made on the fly, and what a learner does in them."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.patience import IN_MILLISECONDS, wait_until

PASSWORD = "alice-likes-oolong-tea"
# The views that tick do so every 250 ms.
TICKS = """() => new Promise((done) => {
    let left = 3;
    const ticking = setInterval(() => --left || (clearInterval(ticking), done()), 250);
})"""
THIS_MACHINE = ("127.0.0.1", "localhost")


def written(folder: Path, name: str, *cells: str) -> str:
    """Write a notebook of code cells, and return its path below the folder."""
    rows = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": cell,
        }
        for number, cell in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (folder / name).write_text(json.dumps({"cells": rows, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}))
    return name


def run_again(page: Any, number: int, source: str | None = None) -> None:
    """Run one cell, with other words in it if given."""
    editor = page.locator(".jp-CodeCell").nth(number).locator(".cm-content")
    editor.click()
    if source is not None:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")


def restart_kernel(page: Any) -> None:
    """Choose Kernel → Restart Kernel…, and say yes."""
    page.locator(".lm-MenuBar-item", has_text="Kernel").first.click()
    page.locator('.lm-Menu-item[data-command="kernelmenu:restart"]').click()
    page.locator(".jp-Dialog .jp-mod-accept").click()


def rerun(page: Any, cell: Any, source: str | None = None) -> None:
    """Run one cell as `run_again` does, and wait until it has run."""
    prompt = cell.locator(".jp-InputPrompt").first
    before = prompt.inner_text()
    cell.locator(".cm-content").click()
    if source is not None:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")

    wait_until(
        lambda: prompt.inner_text() != before and prompt.inner_text().strip("[]:").isdigit(), "It still runs.", page
    )


def window(within: Any, who: str = "alice") -> Any:
    """Return somebody's BrowserView."""
    return within.get_by_role("region", name=f"{who}'s browser")


def framed(within: Any, who: str = "alice") -> Any:
    """Return the page in somebody's frame."""
    return within.frame_locator(f'iframe[title="The page in {who}\'s browser"]')


def shop_of(within: Any, who: str = "alice") -> str:
    """Return the host and port in somebody's address bar, `shop.localhost:40123`."""
    return urlsplit(window(within, who).get_by_label(f"Address in {who}'s browser").input_value()).netloc


def type_address(within: Any, address: str, who: str = "alice") -> None:
    """Type an address into somebody's address bar, as people do: without http://."""
    bar = window(within, who).get_by_label(f"Address in {who}'s browser")
    bar.fill(address)
    bar.press("Enter")


def log_in_by_hand(within: Any) -> None:
    """Fill in the log-in form that Alice has before her, and press its button."""
    form = framed(within).locator("form[name=login], form[data-action='/login']")
    form.get_by_label("Name").fill("alice")
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Log in").click()


def points(within: Any) -> str:
    """Return the points that a CheckPanel shows, `0 of 7 points`."""
    return within.locator(".al-check-points").inner_text().split("(")[0].strip()


def type_over(page: Any, text: str) -> None:
    """Type over what Jupyter's own editor holds, and save."""
    page.locator(".jp-FileEditor .cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("ControlOrMeta+s")


def save_notebook(page: Any, file: Path) -> None:
    """Save the notebook, and wait until its views are in the file."""
    prompt = page.locator(".jp-NotebookPanel:visible .jp-InputPrompt").first
    sure = page.locator(".jp-Dialog .jp-mod-accept")
    prompt.click()
    # The file may have been saved in the middle of the run, and may be half written when we look. Cells below one that
    # has raised have no number.
    prompts = page.locator(".jp-NotebookPanel:visible .jp-CodeCell .jp-InputPrompt").all_inner_texts()
    last = max((int(each.strip("[]:")) for each in prompts if each.strip("[]:").isdigit()), default="null")
    saved = re.compile(rf'"execution_count": {last},')

    def is_saving(answer: Any) -> bool:
        return answer.request.method == "PUT" and file.name in answer.url

    def is_whole() -> bool:
        # JupyterLab may ask whether it should, or have its eyes elsewhere: then it is told once more.
        try:
            with page.expect_response(is_saving, timeout=IN_MILLISECONDS / 10):
                page.keyboard.press("ControlOrMeta+s")
                if sure.count():
                    sure.last.click()
        except PlaywrightTimeout:
            prompt.click()
            return False
        text = file.read_text(encoding="utf-8")
        return "widget-view" in text and bool(saved.search(text)) and text.endswith("}\n")

    wait_until(is_whole, f"It was not saved: {prompts}", page)


def let_tick(page: Any) -> None:
    """Let the views tick a few times, by the page's own clock: what they do by themselves, they have done then."""
    page.evaluate(TICKS)


class Overheard(list[str]):
    """What a page, its sockets, and the pages that it opens ask for: addresses with a host."""

    def __init__(self, page: Any):
        super().__init__()
        page.context.on("request", lambda request: self.append(request.url))
        page.context.on("page", self.follow)
        self.follow(page)

    def follow(self, page: Any) -> None:
        """Hear of a page's sockets, of which its window tells nothing."""
        page.on("websocket", lambda socket: self.append(socket.url))

    def strangers(self) -> list[str]:
        """Return the addresses that are not on this machine; blobs and data are in the page itself."""
        asked = [urlsplit(address) for address in self if not address.startswith(("blob:", "data:"))]
        return [each.geturl() for each in asked if each.hostname not in THIS_MACHINE]
