"""A chart: drawn by matplotlib in the inks of light and of dark ground, and told in words.

A subclass draws; what it draws with is in `Ink`. Nothing in a chart is told by colour alone.
"""

import base64
import io
from collections.abc import Callable
from dataclasses import astuple, dataclass

import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from labsrv.widgets.base import View

WIDTH, ROW, AROUND = 8.4, 0.36, 1.1  # inches


@dataclass(frozen=True)
class Ink:
    """The colours on one ground: of words, of lines, and two that all kinds of sight tell apart (Okabe and Ito)."""

    words: str
    lines: str
    first: str
    second: str


LIGHT = Ink(words="#212121", lines="#8a8a8a", first="#0072b2", second="#b34a00")
DARK = Ink(words="#e6e6e6", lines="#8a8a8a", first="#56b4e9", second="#e69f00")


class Chart(View):
    """Shows one picture in two inks. `said` is what it shows, in words; `as_text` has the numbers too."""

    light = traitlets.Unicode().tag(sync=True)
    dark = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def show(self, draw: Callable[[Axes, Ink], None], rows: int, said: str) -> None:
        """Draw once, for both grounds. `rows` is how many rows there is to be room for."""
        light = dark = picture(draw, LIGHT, rows)
        for one, other in zip(astuple(LIGHT), astuple(DARK), strict=True):
            dark = dark.replace(one, other)
        with self.hold_sync():
            self.light, self.dark, self.said = address_of(light), address_of(dark), said


def picture(draw: Callable[[Axes, Ink], None], ink: Ink, rows: int) -> str:
    """Return a drawing as SVG; its ground is see-through."""
    figure = Figure(figsize=(WIDTH, AROUND + ROW * rows), layout="tight")
    axes = figure.add_subplot()
    axes.set_facecolor("none")
    axes.tick_params(colors=ink.words, which="both", length=0)
    for side, line in axes.spines.items():
        line.set_visible(side == "bottom")
        line.set_color(ink.lines)
    draw(axes, ink)

    out = io.StringIO()
    figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})
    return out.getvalue()


def address_of(svg: str) -> str:
    """Return the address of an image that carries itself."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
