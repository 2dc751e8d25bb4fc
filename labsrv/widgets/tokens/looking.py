"""Views that come across tokens open them in place: a button, and below it a TokenInspector."""

from pathlib import Path
from typing import Any

import traitlets
from ipywidgets import widget_serialization  # type: ignore[import-untyped]

from labsrv.kit.text import cut, plain
from labsrv.widgets.base import View

LONGEST_TITLE = 120
# The script of the place where an inspector opens; it comes before the view's own.
PLACE = Path(__file__).with_name("place.js").read_text(encoding="utf-8")


class LooksIntoTokens(View):
    """A view that opens tokens. `inspecting` is the inspector that stands in it now; it checks with `token_keys`."""

    inspecting = traitlets.Any(None, allow_none=True).tag(sync=True, **widget_serialization)
    token_keys: Any = None

    def look_into(self, token: str, title: str) -> None:
        """Open a token in place of the one that was open."""
        # Most views never meet a token: what takes it apart is imported when one is opened.
        from labsrv.widgets.tokens.inspector import TokenInspector

        before, self.inspecting = (
            self.inspecting,
            TokenInspector(token, title=cut(plain(title), LONGEST_TITLE), keys=self.token_keys, lifetime=self.lifetime),
        )
        if before:
            before.close()

    def look_away(self) -> None:
        """Close the token that is open."""
        before, self.inspecting = self.inspecting, None
        if before:
            before.close()

    def close(self) -> None:
        """Close the view, and the inspector in it."""
        self.look_away()
        super().close()
