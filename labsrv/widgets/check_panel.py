"""What an exercise's checks came to: promises kept, broken and waiting, with the file to edit and hints on demand.

Takes reports as plain data (`exercise`, `title`, `points`, `out_of`, `checks`: as `authlab check --json` prints them)
and functions to call. Whoever puts it together says what they do.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from labsrv.kit.text import cut
from labsrv.widgets.base import View, source

LONGEST_MESSAGE = 2000
NO_REPORT: dict[str, Any] = {"exercise": "", "title": "", "points": 0, "out_of": 0, "checks": [], "trouble": ""}
LIVE_CODE = ("mine", "secure")


class ReportPanel(View):
    """Shows a report; `on_check()` checks again, `on_run("mine" | "secure")` lets the live lab run that code.

    `unusable` is the message of checks that wait for a file that can be used: what keeps it from that is said once,
    above all promises. `following` says what to do when all of them are kept.
    """

    _esm = source(__file__, "opening.js", "check_panel.js")
    _css = source(__file__, "check_panel.css")

    report = traitlets.Dict(NO_REPORT).tag(sync=True)
    best = traitlets.Int(0).tag(sync=True)
    at = traitlets.Float(0.0).tag(sync=True)
    checking = traitlets.Bool(False).tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    following = traitlets.Unicode("").tag(sync=True)
    file = traitlets.Dict({"name": "", "shown": "", "path": None}).tag(sync=True)
    live = traitlets.Dict({"can": False, "runs": "", "busy": False, "said": ""}).tag(sync=True)

    def __init__(
        self,
        *,
        on_check: Callable[[], None],
        on_run: Callable[[str], None] | None = None,
        unusable: str = "",
        **options: Any,
    ):
        self.on_check = on_check
        self.unusable = unusable
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
            trouble, checks = said_once(report["checks"], self.unusable)
            rows = [self.row(each) for each in by_number(checks)]
            self.report = dict(report) | {"checks": rows, "trouble": cut(trouble, LONGEST_MESSAGE)}

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


def said_once(checks: list[Any], unusable: str) -> tuple[str, list[Any]]:
    """Return what keeps the whole file from being used, "" for nothing, and the checks without saying it again."""
    waiting = [each for each in checks if unusable and each.get("message") == unusable]
    failed = [each for each in checks if each["outcome"] == "failed"]
    if not waiting or len(failed) != 1:
        return "", checks

    return failed[0]["message"], [dict(each) | {"message": ""} for each in checks]


def by_number(checks: list[Any]) -> list[Any]:
    """Return checks of which those that wait for another say its number instead of its whole promise."""
    numbers = {each["promise"]: number for number, each in enumerate(checks, start=1)}
    return [dict(each) | {"message": in_short(each, numbers)} for each in checks]


def in_short(check: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
    """Return a check's message; where it ends with another's promise, its number stands for that."""
    said = str(check.get("message", ""))
    _, _, promise = said.partition(": ")
    return f"waits for {numbers[promise]}" if check["outcome"] == "waiting" and promise in numbers else said
