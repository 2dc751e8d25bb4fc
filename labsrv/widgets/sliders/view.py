"""Controls for time, place, device and clearance; each move is told in the kernel.

    trace = DecisionTrace(question, decide)
    Sliders({"context.time": Slider.time_of_day("17:45"), "subject.clearance": Slider.number(2, 0, 5),
             "context.network": Slider.choice("office", ["office", "home"]), "device.trusted": Slider.yes_no(True)},
            on_change=trace.change)

The front end sends a move when the one before was answered, so a slow `on_change` gets fewer of them and always the
last.
"""

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from labsrv.kit.lifetime import newest
from labsrv.kit.text import cut, plain
from labsrv.widgets.base import View
from labsrv.widgets.sliders.controls import LONGEST, Slider, in_words

MOST_CONTROLS = 20
LONGEST_SENTENCE = 400


class Sliders(View):
    """A few controls by name. `values` is what they stand at; `on_change` is called with all of them after a move."""

    controls: traitlets.List[Any] = traitlets.List().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    # Tells the front end that a move was answered.
    count = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        sliders: Mapping[str, Slider],
        on_change: Callable[[dict[str, Any]], Any] | None = None,
        *,
        title: str = "What if",
        **options: Any,
    ):
        if len(sliders) > MOST_CONTROLS:
            raise ValueError(f"{len(sliders)} controls are more than one can oversee: show {MOST_CONTROLS} at most.")
        self.sliders = dict(sliders)
        self.values = {name: slider.value for name, slider in sliders.items()}
        self.on_change = on_change
        super().__init__(title=cut(plain(title), LONGEST), **options)
        self.look()
        self.on_msg(self.moved)
        self.lasts_as_long_as(newest())

    def as_text(self) -> str:
        """Return what each control stands at, a line each."""
        widest = max(map(len, self.sliders), default=0)
        lines = []
        for name, slider in self.sliders.items():
            unit = f" {slider.unit}" if slider.unit and not slider.day else ""
            lines.append(plain(f"  {name:<{widest}}  {in_words(self.values[name])}{unit}  ({slider.wanted()})"))
        return "\n".join([self.title, *lines])

    def set(self, name: str, value: Any) -> None:
        """Move one control; raises `LookupError` for a name, `ValueError` for a value that it has not."""
        if name not in self.sliders:
            raise LookupError(f"There is no control {name!r}. There are {', '.join(self.sliders)}.")
        self.sliders[name].read(self.sliders[name].place_of(value))
        self.move({name: value})

    def reset(self) -> None:
        """Move all controls back to where they stood at first."""
        self.move({name: slider.value for name, slider in self.sliders.items()})

    def move(self, values: dict[str, Any]) -> None:
        """Move controls, and tell of it."""
        self.values = self.values | values
        try:
            if self.on_change:
                self.on_change(dict(self.values))
        finally:
            self.look()

    def look(self) -> None:
        """Show what the controls stand at."""
        with self.hold_sync():
            self.controls = [slider.drawn(name, self.values[name]) for name, slider in self.sliders.items()]
            self.count += 1

    def moved(self, _: Any, wish: Any, __: Any) -> None:
        """Do what was moved in the view; whatever goes wrong is said there."""
        self.said = ""
        try:
            self.do(wish if isinstance(wish, dict) else {})
        except Exception as error:
            self.said = cut(plain(f"{type(error).__name__}: {error}"), LONGEST_SENTENCE)
            self.count += 1

    def do(self, wish: dict[str, Any]) -> None:
        """Do what was asked for; raises `LookupError` for what there is not."""
        match wish:
            case {"do": "move", "name": str(name), "place": place} if name in self.sliders:
                self.move({name: self.sliders[name].read(place)})
            case {"do": "reset"}:
                self.reset()
            case {"do": "nothing"}:
                pass
            case _:
                raise LookupError("The view asked for something that there is not.")
