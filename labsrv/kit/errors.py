"""Errors that are said in a sentence."""


class SaidPlainly(Exception):
    """An error whose message says what is wrong and what to do: a notebook shows that, and no traceback."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython prints in place of a traceback."""
        return [str(self)]
