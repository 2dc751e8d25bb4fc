"""Families of cells: visits that stay, and are asked for again: typed addresses, links, forms, reloads."""

from collections.abc import Callable
from typing import Any

from tests.kit.chromium.cells import METADATA, SENDER, STOPS, Cells, headers, table
from tests.kit.chromium.cookies import STARTS, set_cookies
from tests.kit.chromium.moves import filled, form, link
from tests.kit.chromium.pair import PUT, Pair, Seen, Try, page_of
from tests.kit.chromium.redirects import stops
from tests.kit.chromium.sites import Stop
from tests.kit.chromium.world import World

COMPARED = STOPS | METADATA | SENDER | headers("Cookie", "Content-Type")
MOVES = {"link": link(), "form POST": form()}
SOME_WAYS = (("shop",), ("shop", "shop"), ("shop", "idp", "shop"))


def reloads(world: World) -> Cells:
    """RFC 6265bis, 8.8.5: a page that was reached by a link or a form is asked for again."""
    found: Cells = {}
    for relation, start in STARTS.items():
        world.pair.fresh(*set_cookies())
        for name, move in MOVES.items():
            for way in SOME_WAYS:
                each = Try(move, stops(way, 307))
                both = visited(world.pair, start, each)
                found |= table({f"{name}, {' > '.join(way)}": both}, COMPARED, relation)
    return found


def visited(pair: Pair, start: str, each: Try) -> tuple[Seen, Seen]:
    """Follow a link or send a form, and reload where it led; return what was told the second time."""
    each.number, each.address = pair.sites.start(each.way)
    pair.sites.page = Stop("", body=page_of({"": each}, ""))
    last = f"/{each.number}/{len(each.way) - 1}"
    page = pair.page

    page.goto(pair.sites.url(start, "page"))
    page.evaluate(PUT, filled(each.move.markup, each.number, each.address))
    with page.expect_navigation(url=lambda url: last in url):
        page.keyboard.press("Enter")
    theirs = again(pair, each, page.reload)

    each.move.ours(pair.alice, each.address, pair.alice.navigate(pair.sites.url(start, "page")))
    return again(pair, each, pair.alice.reload), theirs


def again(pair: Pair, each: Try, reload: Callable[[], Any]) -> Seen:
    """Return what the sites are told by a reload alone."""
    pair.sites.take(each.number)
    reload()
    return Seen(pair.sites.take(each.number))


FAMILIES = {"reloads": reloads}
