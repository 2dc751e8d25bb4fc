"""The lessons' sites. `start` runs one: `lab = start("sessions", begin_session=flaws.keep_the_planted_id)`.

A lesson is a package `labs/<technique>/` whose `site.py` has `create_site(lab, *, <decisions>)`: each keyword-only
parameter is a decision, and the secure one is the function of that name in `secure/<decision>.py`, of the lesson, of
`labsrv/relying_party`, or of `labsrv/provider`. It may also have `settle(lab)`, which moves people and goods in, and
`neighbours(lab)`, which returns further sites by name: these keep nothing but in the lab's store, for one and the same
neighbour serves check after check.

Where several parties decide something, `PARTIES` has their sites' functions by name in the place of `create_site`: a
submission is one of them, and the others, with secure decisions, are neighbours around it.

`BESIDE` has functions that an exercise asks for and no site calls, with the names of their parameters.
"""

import atexit
import contextlib
import difflib
import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Callable, Container, Iterable
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
    deciding = {party: complete(technique, given) for party, given in by_party(technique, decisions).items()}
    lab = reopen(technique, port)
    try:
        built = {party: create_site(lab) for party, create_site in deciding.items()}
        sites = neighbours_of(technique, lab, built) | built
        furnish(lab, technique, sites.pop(MAIN_SITE), neighbours=sites)
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


def furnish(
    lab: Lab, technique: str, site: Any, routes: Any = None, neighbours: Any = None, *, party: str = MAIN_SITE
) -> None:
    """Open one party's site and those around it, and let people move in. Who has built the neighbours gives them."""
    module = site_module(technique)
    lab.add_site(party, site, routes)
    for name, app in (neighbours_of(technique, lab) if neighbours is None else neighbours).items():
        if name != party:
            lab.add_site(name, app)
    getattr(module, "settle", lambda lab: None)(lab)


def neighbours_of(technique: str, lab: Any, built: Container[str] = ()) -> dict[str, Any]:
    """Return a lesson's further sites by name; of several parties, those that are not built yet as well."""
    named = parties(technique)
    others = [party for party in named if len(named) > 1 and party not in built]
    neighbours: dict[str, Any] = getattr(site_module(technique), "neighbours", lambda lab: {})(lab)
    return {party: complete(technique, {}, party)(lab) for party in others} | neighbours


def parties(technique: str) -> dict[str, Callable[..., Any]]:
    """Return the functions that make the sites of those who decide something, by the names of their sites."""
    module = site_module(technique)
    found: dict[str, Callable[..., Any]] = getattr(module, "PARTIES", None) or {MAIN_SITE: module.create_site}
    return found


def by_party(technique: str, given: dict[str, Callable[..., Any]]) -> dict[str, dict[str, Callable[..., Any]]]:
    """Return the given decisions by whose they are; the main site's where none is given. Raises `TypeError`."""
    owners = {name: party for party, each in parties(technique).items() for name in keywords(each)}
    for name in given:
        if name not in owners:
            close = difflib.get_close_matches(name, owners, n=1)
            meant = f" Did you mean {close[0]!r}?" if close else ""
            raise TypeError(f"{technique} has no decision {name!r}.{meant} It has {', '.join(owners)}.")

    found: dict[str, dict[str, Callable[..., Any]]] = {}
    for name, function in given.items():
        found.setdefault(owners[name], {})[name] = function
    return found or {MAIN_SITE: {}}


def party_of(technique: str, names: Iterable[str]) -> str:
    """Return whose decisions these are, the main site's where no site calls them.

    Raises `TypeError` where they are several parties'.
    """
    found = by_party(technique, dict.fromkeys((each for each in names if each not in beside(technique)), print))
    if len(found) == 1:
        return next(iter(found))

    raise TypeError(f"The decisions {', '.join(names)} belong to {' and '.join(found)}: one party at a time.")


def beside(technique: str) -> dict[str, tuple[str, ...]]:
    """Return what an exercise asks for and no site calls: functions by name, with the names of their parameters."""
    found: dict[str, tuple[str, ...]] = getattr(site_module(technique), "BESIDE", {})
    return found


def complete(technique: str, given: dict[str, Callable[..., Any]], party: str = "") -> Callable[[Any], Any]:
    """Return what makes the site of the party that these belong to, or of this one, with every decision made: the
    given ones, and secure ones for the rest.

    Only the secure decisions that are needed are imported.
    """
    create_site = parties(technique)[party or party_of(technique, given)]
    made = {name: given.get(name) or secure(technique, name) for name in keywords(create_site)}
    return lambda lab: create_site(lab, **made)


def decisions_of(technique: str) -> list[str]:
    """Return the names of a lesson's decisions, party by party, in the order in which they are made."""
    return [name for each in parties(technique).values() for name in keywords(each)]


def others_of(technique: str, names: Iterable[str]) -> list[str]:
    """Return what else the party decides that these decisions belong to."""
    return [name for name in keywords(parties(technique)[party_of(technique, names)]) if name not in names]


def keywords(function: Callable[..., Any]) -> list[str]:
    """Return the names of a function's keyword-only parameters."""
    parameters = inspect.signature(function).parameters.values()
    return [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]


# Where secure decisions are: a lesson's own, and those of the two parties that several lessons have.
SECURE = ("labsrv.labs.{technique}.secure", "labsrv.relying_party.secure", "labsrv.provider.secure")


def secure(technique: str, decision: str) -> Callable[..., Any]:
    """Return the secure version of a decision."""
    return getattr(importlib.import_module(where_secure(technique, decision)), decision)


def where_secure(technique: str, decision: str) -> str:
    """Return the module of the secure version of a decision, without importing it; raises `LookupError`."""
    for package in SECURE:
        folder = package.format(technique=canonical(technique))
        if importlib.util.find_spec(folder) and importlib.util.find_spec(f"{folder}.{decision}"):
            return f"{folder}.{decision}"

    raise LookupError(f"{technique} has no secure version of {decision!r}.")


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
