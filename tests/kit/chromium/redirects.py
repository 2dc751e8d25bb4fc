"""Families of cells: requests that are redirected, and what each site on the way is told."""

from tests.kit.chromium.cells import METADATA, SENDER, STOPS, Cells, Column, headers, table
from tests.kit.chromium.cookies import STARTS, set_cookies
from tests.kit.chromium.moves import FRAME, IMAGE, TYPED, Move, fetch, form, link
from tests.kit.chromium.pair import Pair, Try, allowing
from tests.kit.chromium.sites import Stop
from tests.kit.chromium.world import World

SHOP, IDP, MALLORY = "shop", "idp", "mallory"
WAYS = (
    (SHOP,),
    (SHOP, SHOP),
    (SHOP, IDP),
    (SHOP, IDP, SHOP),
    (IDP, SHOP),
    (IDP, SHOP, SHOP),
    (IDP, MALLORY, SHOP),
    (MALLORY, SHOP),
    ("api.shop", SHOP),
)
SOME_WAYS = ((SHOP, SHOP), (SHOP, IDP, SHOP), (IDP, MALLORY, SHOP))
LOADED = {
    "typed": TYPED,
    "link": link(),
    "image": IMAGE,
    "frame": FRAME,
    "fetch": fetch(),
    "fetch with credentials": fetch(credentials="include"),
    "fetch with a header": fetch(headers={"X-Tea": "1", "Authorization": "x"}),
}
WITH_BODY = {
    "form POST": form(),
    "fetch POST": fetch(credentials="include", method="POST", body="a"),
    "fetch PUT": fetch(credentials="include", method="PUT", body="a"),
    "fetch no-cors POST": fetch(credentials="include", mode="no-cors", method="POST", body="a"),
}
COMPARED = STOPS | METADATA | SENDER | headers("Cookie")


def redirects(world: World) -> Cells:
    """Fetch, "HTTP-redirect fetch": relation × way × kind of request."""
    return redirected(world.pair, 302, LOADED | WITH_BODY, WAYS)


def methods(world: World) -> Cells:
    """The other statuses, where they matter: requests that have a body to lose."""
    found = redirected(world.pair, 307, WITH_BODY, (*SOME_WAYS, (SHOP, IDP), (IDP, SHOP)))
    for status in (301, 303, 308):
        found |= redirected(world.pair, status, WITH_BODY, SOME_WAYS)
    return found


def redirected(pair: Pair, status: int, moves: dict[str, Move], ways: tuple[tuple[str, ...], ...]) -> Cells:
    """Return the cells of all these moves over all these ways."""
    found: Cells = {}
    for relation, start in STARTS.items():
        pair.fresh(*set_cookies(), hosts=(SHOP, IDP))
        tries = {(name, way): Try(move, stops(way, status)) for name, move in moves.items() for way in ways}
        seen = pair.run(start, {f"{name}, {' > '.join(way)}": each for (name, way), each in tries.items()})
        for name in moves:
            own = {each: both for each, both in seen.items() if each.startswith(f"{name}, ")}
            found |= table(own, COMPARED | beside(name), f"{relation}, {status}")
    return found


def beside(move: str) -> dict[str, Column]:
    """Return the columns that only some moves have something in."""
    if move in WITH_BODY:
        return headers("Content-Type")
    return headers("X-Tea", "Authorization") if "header" in move else {}


def stops(way: tuple[str, ...], status: int) -> list[Stop]:
    """Return a way whose sites all allow everything and redirect with this status."""
    return [Stop(host, status, allowing()) for host in way[:-1]] + [Stop(way[-1], 200, allowing())]


FAMILIES = {"redirects": redirects, "redirects, other statuses": methods}
