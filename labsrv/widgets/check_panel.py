"""What an exercise's checks came to: promises kept, broken and waiting, with the file to edit and hints on demand.

Takes reports as plain data (`exercise`, `title`, `points`, `out_of`, `checks`: as `authlab check --json` prints them)
and functions to call. Whoever puts it together says what they do.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from labsrv.kit.text import cut
from labsrv.widgets.base import View

LONGEST_MESSAGE = 2000
NO_REPORT: dict[str, Any] = {"exercise": "", "title": "", "points": 0, "out_of": 0, "checks": []}
LIVE_CODE = ("mine", "secure")


class ReportPanel(View):
    """Shows a report; `on_check()` checks again, `on_run("mine" | "secure")` lets the live lab run that code."""

    report = traitlets.Dict(NO_REPORT).tag(sync=True)
    best = traitlets.Int(0).tag(sync=True)
    at = traitlets.Float(0.0).tag(sync=True)
    checking = traitlets.Bool(False).tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    file = traitlets.Dict({"name": "", "shown": "", "path": None}).tag(sync=True)
    live = traitlets.Dict({"can": False, "runs": "", "busy": False, "said": ""}).tag(sync=True)

    def __init__(
        self,
        *,
        on_check: Callable[[], None],
        on_run: Callable[[str], None] | None = None,
        **options: Any,
    ):
        self.on_check = on_check
        self.on_run = on_run
        self.lock = threading.RLock()
        self.latest: Mapping[str, Any] = NO_REPORT
        self.hints_shown: dict[str, int] = {}
        super().__init__(**options)
        self.on_msg(self.asked)

    def show_report(self, report: Mapping[str, Any]) -> None:
        """Show a report; of its hints only those that were asked for."""
        with self.lock:
            self.latest = report
            self.report = dict(report) | {"checks": [self.row(each) for each in report["checks"]]}

    def row(self, check: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the front end may know of one check."""
        hints = check.get("hints", []) if check["outcome"] == "failed" else []
        shown = hints[: self.hints_shown.get(check["name"], 0)]
        return {name: check[name] for name in ("name", "promise", "outcome", "points", "out_of")} | {
            "message": cut(check.get("message", ""), LONGEST_MESSAGE),
            "hints": shown,
            "hints_left": len(hints) - len(shown),
        }

    def show_live(self, **change: Any) -> None:
        """Show what the live lab runs."""
        with self.lock:
            self.live = self.live | change

    def asked(self, _: Any, message: Any, __: Any) -> None:
        """Do what a button asks for; anything else is ignored."""
        wish = message if isinstance(message, dict) else {}
        if wish.get("do") == "check":
            self.on_check()
        elif wish.get("do") == "hint":
            self.show_hint(wish.get("check"))
        elif wish.get("do") == "run" and wish.get("which") in LIVE_CODE and self.on_run:
            self.on_run(wish["which"])

    def show_hint(self, name: Any) -> None:
        """Show one more hint for a broken promise."""
        with self.lock:
            for check in self.latest["checks"]:
                if check["name"] == name and self.row(check)["hints_left"]:
                    self.hints_shown[check["name"]] = self.hints_shown.get(check["name"], 0) + 1
                    self.show_report(self.latest)
