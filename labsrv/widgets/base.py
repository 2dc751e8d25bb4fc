"""The family of views: what they share.

A view is a class with traits, one `.js` and one `.css` file beside it, of the same name as its module. The family's
own `family.js` and `family.css` come first: `el(tag, attributes, ...children)` builds elements, never from a string of
HTML, and the colours are JupyterLab's variables with fallbacks, so that themes and other front ends fit by themselves.
"""

from pathlib import Path
from typing import Any

import anywidget

HERE = Path(__file__).parent


def source(module: str, ending: str) -> str:
    """Return the family's file and the view's own, one after the other."""
    return "\n".join((HERE / f"{name}.{ending}").read_text(encoding="utf-8") for name in ("family", module))


class View(anywidget.AnyWidget):
    """A view: subclasses are named by their module (`class TrafficView` in `traffic_view.py`)."""

    def __init_subclass__(cls, **options: Any) -> None:
        module = cls.__module__.rsplit(".", 1)[1]
        if "_esm" not in cls.__dict__ and (HERE / f"{module}.js").exists():
            cls._esm = source(module, "js")
            cls._css = source(module, "css")
        super().__init_subclass__(**options)

    def as_text(self) -> str:
        """Return what the view shows as plain text, for front ends and people that see no widgets."""
        return ""

    def __repr__(self) -> str:
        return self.as_text() or f"<{type(self).__name__}>"
