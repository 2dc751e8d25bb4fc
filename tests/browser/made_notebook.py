"""Notebooks made on the fly, and what a learner does in them."""

import json
from pathlib import Path
from typing import Any


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
