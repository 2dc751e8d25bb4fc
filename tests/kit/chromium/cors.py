"""Families of cells: who may read an answer, and what is asked first, by the rows of `tests/kit/fetch/test_cors.py`."""

from typing import Any

from tests.kit.chromium.cells import STOPS, Cells, headers, table
from tests.kit.chromium.cookies import STARTS
from tests.kit.chromium.moves import fetch
from tests.kit.chromium.pair import Pair, Try, allowing
from tests.kit.chromium.sites import Pairs, Stop
from tests.kit.chromium.world import World
from tests.kit.fake_sites import MALLORY, SHOP
from tests.kit.fetch import test_cors as rows

COMPARED = STOPS | headers("Origin", "Content-Type", "X-Tea", "Authorization")
ACROSS = {relation: start for relation, start in STARTS.items() if start != "shop"}


def readable(world: World) -> Cells:
    """Fetch, "CORS check": relation × what the answer says × credentials."""
    found: Cells = {}
    for relation, start in STARTS.items():
        tries = {
            row: Try(fetch(credentials=credentials), [Stop("shop", headers=said(world.pair, start, answer))])
            for row, (answer, credentials, *_) in rows.READABLE.items()
        }
        found |= table(world.pair.run(start, tries), COMPARED, relation)
    return found


def said(pair: Pair, start: str, answer: Any) -> Pairs:
    """Return a row's headers for this start: the row's shop is the site that asks, its Mallory another."""
    origin, other = pair.sites.url(start)[:-1], pair.sites.url("idp")[:-1]
    swapped = {SHOP: origin, SHOP.upper(): origin.upper(), MALLORY: other}
    return [(name, one_of(value, swapped)) for name, value in answer]


def one_of(value: str, swapped: dict[str, str]) -> str:
    """Return a header's value with the addresses swapped."""
    for before, after in swapped.items():
        value = value.replace(before, after)
    return value


def preflights(world: World) -> Cells:
    """Fetch, "CORS-preflight fetch": relation × method and headers; is the site asked first, and what?"""
    found: Cells = {}
    for relation, start in STARTS.items():
        tries = {
            row: Try(fetch(method=method, headers=asked), [Stop("shop", headers=allowing())], 0)
            for row, (method, asked, _) in rows.PREFLIGHTS.items()
        }
        found |= table(world.pair.run(start, tries), COMPARED, relation)
    return found


def agreements(world: World) -> Cells:
    """Fetch, "CORS-preflight fetch": relation × what the preflight is answered with."""
    found: Cells = {}
    for relation, start in ACROSS.items():
        tries = {}
        for row, (answer, status, method, asked, credentials, _) in rows.ANSWERS.items():
            agrees = Stop("", status, said(world.pair, start, answer))
            stop = Stop("shop", headers=allowing(), agrees=agrees)
            tries[row] = Try(fetch(method=method, headers=asked, credentials=credentials), [stop], 0)
        found |= table(world.pair.run(start, tries), COMPARED, relation)
    return found


def remembered(world: World) -> Cells:
    """Fetch, "CORS-preflight cache": a second request, for which the first one's preflight may hold."""
    tries = {}
    for row, (second, _) in rows.SECOND.items():
        if "from_" not in second:  # That row asks from two pages.
            options = {name: value for name, value in second.items() if name != "url"}
            move = fetch({"method": "PUT"}, options, query="?cup=1" if "url" in second else "")
            answer = allowing(**{"Access-Control-Max-Age": "600", "Access-Control-Allow-Headers": "x-tea"})
            tries[row] = Try(move, [Stop("shop", headers=answer)], 0)
    with_credentials = fetch({"method": "PUT", "credentials": "include"}, {"method": "PUT"})
    answer = allowing(**{"Access-Control-Max-Age": "600"})
    tries["first with credentials"] = Try(with_credentials, [Stop("shop", headers=answer)], 0)
    return table(world.pair.run("mallory", tries), COMPARED)


def exposed(world: World) -> Cells:
    """Fetch, "filtered responses": relation × which headers script may read."""
    found: Cells = {}
    for relation, start in STARTS.items():
        tries = {}
        for row, (more, credentials, _) in rows.EXPOSED.items():
            plain = [("X-Tea", "oolong"), ("X-Cup", "1"), ("Access-Control-Allow-Origin", "{origin}")]
            answer = [*plain, ("Access-Control-Allow-Credentials", "true"), *more]
            tries[row] = Try(fetch(credentials=credentials), [Stop("shop", headers=answer)])
        found |= table(world.pair.run(start, tries), COMPARED, relation)
    return found


def script(world: World) -> Cells:
    """Fetch, "Request class": relation × what script may ask for; modes, methods, headers and bodies."""
    asked: dict[str, dict[str, Any]] = {row: options for row, (options, _) in rows.UNFIT.items()}
    for row, (sent, mode, _) in rows.SENT_BY_SCRIPT.items():
        asked[row] = {"headers": sent, "mode": mode, "method": "POST"}
    for mode in ("cors", "no-cors", "same-origin"):
        for method in ("GET", "HEAD", "POST", "PUT"):
            for credentials in ("omit", "same-origin", "include"):
                options = {"mode": mode, "method": method, "credentials": credentials}
                asked[f"{mode} {method}, credentials {credentials}"] = options

    found: Cells = {}
    for relation, start in STARTS.items():
        world.pair.fresh("a=1; SameSite=None; Secure; Path=/")
        tries = {row: Try(fetch(**options), [Stop("shop", headers=allowing())], 0) for row, options in asked.items()}
        found |= table(world.pair.run(start, tries), COMPARED | headers("Cookie"), relation)
    return found


FAMILIES = {
    "CORS, readable": readable,
    "CORS, preflights": preflights,
    "CORS, answers to preflights": agreements,
    "CORS, preflights remembered": remembered,
    "CORS, headers exposed": exposed,
    "CORS, what script may ask": script,
}
