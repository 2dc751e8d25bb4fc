"""Let things that `rich` can print read well in a notebook too: in a light theme, in a dark one, and as plain text."""

import io
import re
from typing import Any

from rich.console import Console
from rich.terminal_theme import TerminalTheme

# In characters: what fits beside JupyterLab's file browser in a window of the usual width.
WIDTH = 112
PRE = (
    '<pre style="margin: 0.4em 0.6em; white-space: pre; overflow-x: auto; line-height: 1.35; font-size: 13px">'
    "{code}</pre>"
)
GREY = (122, 122, 122)
RED, GREEN, YELLOW, BLUE = (211, 64, 64), (46, 133, 64), (150, 110, 0), (58, 123, 213)
MAGENTA, CYAN = (170, 80, 160), (20, 133, 145)
# Colours that stand out from white and from black alike; what has none takes the notebook's own.
BOTH_GROUNDS = TerminalTheme(GREY, GREY, [GREY, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, GREY])


class Shown:
    """A base for classes with `__rich__` or `__rich_console__`."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, str]:
        """Return what a notebook shows, and what it keeps as text."""
        return {"text/plain": as_text(self), "text/html": as_html(self)}


def as_text(thing: Any) -> str:
    """Return how a thing reads without colours."""
    return printed(thing).export_text().rstrip()


def as_html(thing: Any) -> str:
    """Return a thing as HTML; whatever it says is text there, and never markup."""
    page = printed(thing).export_html(theme=BOTH_GROUNDS, code_format=PRE, inline_styles=True)
    # What asks for the usual ground, as highlighted code does, gets the notebook's own.
    return re.sub(r"background-color: #7a7a7a(; )?", "", page)


def printed(thing: Any) -> Console:
    """Return a console that has printed a thing, and remembers it."""
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_jupyter=False, color_system="standard")
    console.print(thing, highlight=False)
    return console
