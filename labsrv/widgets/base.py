"""The family of views: what they share.

A view is a class with traits, one `.js` and one `.css` file beside it, of the same name as its module. The family's
own `family.js` and `family.css` come first: `el(tag, attributes, ...children)` builds elements, never from a string of
HTML, and the colours are JupyterLab's variables with fallbacks, so that themes and other front ends fit by themselves.
"""

import contextlib
import inspect
import sys
import time
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from labsrv.kit.lifetime import Lifetime
from labsrv.widgets.text import lab_time

HERE = Path(__file__).parent


def source(module: str, *names: str) -> str:
    """Return the family's script or style and, after it, the files of these names that lie beside a module's file."""
    family = HERE / f"family{Path(names[0]).suffix}"
    beside = [Path(module).with_name(name) for name in names]
    return "\n".join(path.read_text(encoding="utf-8") for path in (family, *beside))


class View(anywidget.AnyWidget):
    """A view: its script and its style lie beside its module, and are called as the module is.

    `ended` says when its lab ended, "" while that runs. From then on the view stands still: it shows what was there at
    that moment, whatever happens elsewhere, and of what is asked of it it does only what is among `LOOKS`.
    """

    # What one may still wish for, by its "do", when the lab has ended: it only looks at what is here.
    LOOKS: frozenset[str] = frozenset()

    ended = traitlets.Unicode("").tag(sync=True)
    lifetime: Lifetime | None = None
    last_text = ""

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
        return self.last_text or self.as_text() or f"<{type(self).__name__}>"

    def __init__(self, **options: Any):
        # A widget takes whatever it does not know without a word, and shows nothing of it.
        if unknown := sorted(set(options) - set(self.trait_names())):
            known = [*inspect.signature(type(self)).parameters]
            raise TypeError(
                f"{type(self).__name__} does not know {', '.join(unknown)}. It takes "
                f"{', '.join(name for name in known if name != 'options')}."
            )
        super().__init__(**options)

    # Its lab, and how it ends.

    def lasts_as_long_as(self, lifetime: Lifetime | None) -> None:
        """Stand still when a lab ends; last as long as the notebook where it is None."""
        self.lifetime = lifetime
        if lifetime is not None and lifetime.ended_at is not None:
            self.stand_still()
        elif lifetime is not None:
            lifetime.listeners.append(self.stand_still)

    def stand_still(self) -> None:
        """Show what there is at the end of the lab, and nothing that comes after it."""
        # What can't be looked at any more stays as it was seen last: the next section has its lab all the same.
        with contextlib.suppress(Exception):
            self.last_look()
            self.last_text = self.as_text()
        self.listen_no_more()
        self.ended = lab_time(self.lifetime.time() if self.lifetime else time.time())

    def last_look(self) -> None:
        """Show what has not been shown yet."""

    def listen_no_more(self) -> None:
        """Take back what the view has hung on others; called at the end of the lab, and again when it is closed."""

    def _handle_custom_msg(self, content: Any, buffers: Any) -> None:
        wish = content.get("do") if isinstance(content, dict) else None
        if not self.ended or (isinstance(wish, str) and wish in self.LOOKS):
            super()._handle_custom_msg(content, buffers)

    def close(self) -> None:
        """Close the view, and stop listening."""
        self.listen_no_more()
        if self.lifetime is not None and self.stand_still in self.lifetime.listeners:
            self.lifetime.listeners.remove(self.stand_still)
        super().close()
