"""One question before a cell answers it: some choices, or a line of one's own. Nobody says whether it is right.

What has been said is kept by whoever makes the view; the cell below is what answers.
"""

from collections.abc import Callable, Sequence
from typing import Any

import traitlets

from labsrv.kit.unwritten import why_unwritten
from labsrv.widgets.base import View

LONGEST = 300  # characters of a line


class PredictionView(View):
    """Shows choices to press, or a field; calls `keep(words)`, whose `OSError` is shown. "" takes it back."""

    choices: traitlets.List[str] = traitlets.List().tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)
    trouble = traitlets.Unicode("").tag(sync=True)

    def __init__(self, choices: Sequence[str], keep: Callable[[str], None], *, said: str = "", **options: Any):
        self.keep = keep
        # What was chosen among others, before the notebook changed, says nothing of these.
        still = said if not choices or said in choices else ""
        super().__init__(choices=list(choices), said=still, **options)
        self.on_msg(self.wished)

    def as_text(self) -> str:
        """Return what was predicted, or what there is to choose from."""
        if self.said:
            return f"Your prediction: {self.said}"
        return " · ".join(["Your prediction?", *self.choices])

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Keep what somebody says: one of the choices where there are any."""
        words = wish.get("say") if isinstance(wish, dict) else None
        if not isinstance(words, str) or (words and self.choices and words not in self.choices):
            return
        words = " ".join(words[:LONGEST].split())
        try:
            self.keep(words)
            self.said, self.trouble = words, ""
        except OSError as error:
            self.said, self.trouble = words, f"Said, but not kept for the next time. {why_unwritten(error)}"
