"""The lessons' sites. `start` runs one: `lab = start("sessions", begin_session=flaws.keep_the_planted_id)`.

A lesson is a package `labs/<technique>/` whose `site.py` has `create_site(lab, *, <decisions>)`: each keyword-only
parameter is a decision, and the secure one is the function of that name in `secure/<decision>.py`. It may also have
`settle(lab)`, which moves people and goods in, and `neighbours(lab)`, which returns further sites by name: these keep
nothing but in the lab's store, for one and the same neighbour serves check after check.
"""

import atexit
import contextlib
import difflib
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

from labsrv.kit.addresses.names import LabNumber
from labsrv.kit.http.server import PortTaken
from labsrv.kit.lessons.lab import Lab

MAIN_SITE = "shop"
LIVE: dict[str, Lab] = {}


def start(technique: str, *, port: int = 0, **decisions: Callable[..., Any]) -> Lab:
    """Run a lesson's lab, with secure decisions where none is given; an earlier one of the same lesson gives way.

    Raises `LookupError` for an unknown lesson, `TypeError` for an unknown decision, `PortTaken` for a port in use.
    """
    technique = canonical(technique)
    create_site = complete(technique, decisions)
    lab = reopen(technique, port)
    try:
        furnish(lab, technique, create_site(lab))
    except BaseException:
        lab.stop()
        raise

    lab.at_stop.append(lambda: forget(lab))
    LIVE[technique] = lab
    return lab


def reopen(technique: str, port: int) -> Lab:
    """Return an empty lab in the place of an earlier one, on its port if still free: open tabs go on working."""
    before = LIVE.pop(technique, None)
    if before:
        earlier = before.server.port
        before.stop()

    place = LabNumber()
    try:
        if before and not port:
            with contextlib.suppress(PortTaken):
                return Lab(technique, place=place, port=earlier)
        return Lab(technique, place=place, port=port)
    except BaseException:
        place.give_back()
        raise


def furnish(lab: Lab, technique: str, shop: Any, routes: Any = None, neighbours: Any = None) -> None:
    """Open the shop and its neighbours, and let people move in. Who has built the neighbours gives them by name."""
    module = site_module(technique)
    lab.add_site(MAIN_SITE, shop, routes)
    for name, app in (neighbours_of(technique, lab) if neighbours is None else neighbours).items():
        lab.add_site(name, app)
    getattr(module, "settle", lambda lab: None)(lab)


def neighbours_of(technique: str, lab: Any) -> dict[str, Any]:
    """Return a lesson's further sites by name."""
    neighbours: dict[str, Any] = getattr(site_module(technique), "neighbours", lambda lab: {})(lab)
    return neighbours


def complete(technique: str, given: dict[str, Callable[..., Any]]) -> Callable[[Any], Any]:
    """Return `create_site` with every decision made: the given ones, and secure ones for the rest.

    Only the secure decisions that are needed are imported.
    """
    names = decisions_of(technique)
    for name in given:
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            meant = f" Did you mean {close[0]!r}?" if close else ""
            raise TypeError(f"{technique} has no decision {name!r}.{meant} It has {', '.join(names)}.")

    made = {name: given.get(name) or secure(technique, name) for name in names}
    return lambda lab: site_module(technique).create_site(lab, **made)


def decisions_of(technique: str) -> list[str]:
    """Return the names of a lesson's decisions, in the order of its `create_site`."""
    parameters = inspect.signature(site_module(technique).create_site).parameters.values()
    return [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]


def secure(technique: str, decision: str) -> Callable[..., Any]:
    """Return the secure version of a decision."""
    module = importlib.import_module(f"labsrv.labs.{canonical(technique)}.secure.{decision}")
    return getattr(module, decision)


def flaw(*, of: str, cwe: int, asvs: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a function as the flawed version of a decision, with its CWE and ASVS 5.0 numbers."""

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        function.of, function.cwe, function.asvs = of, cwe, asvs  # type: ignore[attr-defined]
        return function

    return mark


def flaws_of(technique: str) -> dict[str, Callable[..., Any]]:
    """Return a lesson's flaws by name."""
    module = importlib.import_module(f"labsrv.labs.{canonical(technique)}.flaws")
    return {name: each for name, each in vars(module).items() if hasattr(each, "cwe")}


@cache
def techniques() -> list[str]:
    """Return the names of the lessons that have a lab."""
    return sorted(each.name for each in pkgutil.iter_modules(__path__) if each.ispkg)


def canonical(technique: str) -> str:
    """Return a lesson's package name: `02_sessions` and `sessions` are the same lesson."""
    name = re.sub(r"^\d\d_", "", technique)
    if name in techniques():
        return name

    raise LookupError(f"There is no lab {technique!r}. There are {', '.join(techniques())}.")


def site_module(technique: str) -> ModuleType:
    """Return the module with a lesson's `create_site`."""
    return importlib.import_module(f"labsrv.labs.{technique}.site")


def forget(lab: Lab) -> None:
    """Take a stopped lab off the list; the last one out puts the clock right."""
    if LIVE.get(lab.name) is lab:
        del LIVE[lab.name]
    if not LIVE:
        lab.clock.reset()


@atexit.register
def stop_all() -> None:
    """Stop what still runs when the process ends."""
    for lab in list(LIVE.values()):
        lab.stop()
