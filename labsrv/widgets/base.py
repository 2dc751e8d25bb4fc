"""The family of views: what they share.

A view is a class with traits, one `.js` and one `.css` file beside it, of the same name as its module. The family's
own `family.js` and `family.css` come first: `el(tag, attributes, ...children)` builds elements, never from a string of
HTML, and the colours are JupyterLab's variables with fallbacks, so that themes and other front ends fit by themselves.
"""

import sys
from pathlib import Path
from typing import Any

import anywidget

HERE = Path(__file__).parent


def source(module: str, *names: str) -> str:
    """Return the family's script or style and, after it, the files of these names that lie beside a module's file."""
    family = HERE / f"family{Path(names[0]).suffix}"
    beside = [Path(module).with_name(name) for name in names]
    return "\n".join(path.read_text(encoding="utf-8") for path in (family, *beside))


class View(anywidget.AnyWidget):
    """A view: its script and its style lie beside its module, and are called as the module is."""

    def __init_subclass__(cls, **options: Any) -> None:
        module = Path(str(sys.modules[cls.__module__].__file__))
        if "_esm" not in cls.__dict__ and module.with_suffix(".js").exists():
            cls._esm = source(str(module), f"{module.stem}.js")
            cls._css = source(str(module), f"{module.stem}.css")
        super().__init_subclass__(**options)

    def as_text(self) -> str:
        """Return what the view shows as plain text, for front ends and people that see no widgets."""
        return ""

    def __repr__(self) -> str:
        return self.as_text() or f"<{type(self).__name__}>"
