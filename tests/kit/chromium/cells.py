"""Cells: one situation, and one thing that is compared in it. Each agrees, or is explained by a rule, or is wrong."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.kit.chromium.differences import DIFFERENCES
from tests.kit.chromium.pair import Both, Seen

Cells = dict[str, tuple[object, object]]
Column = Callable[[Seen], object]


def header(name: str) -> Column:
    """Return the column of a header, as each stop of the way was told it."""
    return lambda seen: [told[name] for told in seen.told]


def cookie(name: str) -> Column:
    """Return the column of a cookie: does it go along, at each stop."""
    return lambda seen: [name in names(told["Cookie"]) for told in seen.told]


def names(cookie_header: str) -> list[str]:
    """Return the names in a Cookie header."""
    return [pair.partition("=")[0] for pair in cookie_header.split("; ")]


def headers(*wanted: str) -> dict[str, Column]:
    """Return columns of these headers."""
    return {name: header(name) for name in wanted}


def cookies(*wanted: str) -> dict[str, Column]:
    """Return columns of these cookies."""
    return {f"{name} sent": cookie(name) for name in wanted}


STOPS: dict[str, Column] = {"stops": lambda seen: [told["request"] for told in seen.told]}
METADATA = headers("Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Fetch-User")
SENDER = headers("Origin", "Referer")
PREFLIGHT = headers("Access-Control-Request-Method", "Access-Control-Request-Headers")
SHOWN: dict[str, Column] = {"shown to script": lambda seen: seen.shown}


def cells(situation: str, both: Both, columns: dict[str, Column]) -> Cells:
    """Return the cells of one situation: what ours did, and what theirs did."""
    ours, theirs = both
    return {f"{situation}: {name}": (column(ours), column(theirs)) for name, column in columns.items()}


def table(seen: dict[str, Both], columns: dict[str, Column], situation: str = "") -> Cells:
    """Return the cells of many tries; what script is shown counts where there is script."""
    found: Cells = {}
    for name, both in seen.items():
        script = SHOWN | PREFLIGHT if any(each.shown for each in both) else {}
        found |= cells(f"{situation}, {name}" if situation else name, both, columns | script)
    return found


@dataclass
class Verdict:
    """How many cells of a family agree, and how many are explained; `wrong` has a sentence for each that is neither."""

    agree: int = 0
    explained: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def figure(self) -> str:
        """Return the count in words."""
        return f"{self.agree + self.explained} cells, {self.agree} agree, {self.explained} explained"


def judged(family: str, found: Cells, differences: dict[str, str] | None = None) -> Verdict:
    """Judge a family's cells by the list of explained differences, each of which has to be one indeed."""
    listed = {each: re.compile(each) for each in (DIFFERENCES if differences is None else differences).get(family, {})}
    verdict = Verdict()
    used: set[str] = set()

    for name, (ours, theirs) in found.items():
        explaining = [each for each, pattern in listed.items() if pattern.fullmatch(name)]
        used |= set(explaining)
        if ours == theirs and explaining:
            verdict.wrong.append(f"{name}: listed as a difference, and both say {ours!r}")
        elif ours == theirs:
            verdict.agree += 1
        elif explaining:
            verdict.explained += 1
        else:
            verdict.wrong.append(f"{name}: ours {ours!r}, theirs {theirs!r}")

    verdict.wrong += [f"listed as a difference, and there is no such cell: {each}" for each in set(listed) - used]
    return verdict


def total(verdicts: Iterable[Verdict]) -> Verdict:
    """Return all verdicts as one."""
    whole = Verdict()
    for each in verdicts:
        whole.agree, whole.explained = whole.agree + each.agree, whole.explained + each.explained
        whole.wrong += each.wrong
    return whole
