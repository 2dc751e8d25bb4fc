"""Families of cells: requests of a page in a frame. What stands around it counts for SameSite (RFC 6265bis, 5.2.1)."""

from labsrv.kit.browser.page import Page
from tests.kit.chromium.cells import METADATA, SENDER, STOPS, Cells, cookies, table
from tests.kit.chromium.cookies import COOKIES, MOVES, STARTS, set_cookies
from tests.kit.chromium.moves import filled, form, link
from tests.kit.chromium.pair import ALL_ENDED, PUT, Both, Pair, Seen, Try, allowing, ended, page_of
from tests.kit.chromium.redirects import stops
from tests.kit.chromium.sites import Stop
from tests.kit.chromium.world import World

# The page in the window, the frame in it, the frame in that …
NESTED = (
    ("shop", "shop"),
    ("shop", "api.shop"),
    ("shop", "mallory"),
    ("api.shop", "shop"),
    ("mallory", "shop"),
    ("mallory", "mallory"),
    ("shop", "mallory", "shop"),
    ("mallory", "shop", "shop"),
    ("shop", "api.shop", "shop"),
)
PARTS = {name: move for name, move in MOVES.items() if move.kind == "part"}
WHOLE_WINDOW = {
    "link to the whole window": link("target=_top"),
    "form POST to the whole window": form(attributes="target=_top"),
}
COMPARED = STOPS | METADATA | SENDER | cookies(*COOKIES)


def nested(world: World) -> Cells:
    """Frames in frames × kind of request × cookie, from the innermost page to the shop."""
    found: Cells = {}
    for hosts in NESTED:
        world.pair.fresh(*set_cookies())
        tries = {name: Try(move, [Stop("shop", headers=allowing())]) for name, move in (PARTS | WHOLE_WINDOW).items()}
        found |= table(from_within(world.pair, hosts, tries), COMPARED, " > ".join(hosts))
    return found


def from_within(pair: Pair, hosts: tuple[str, ...], tries: dict[str, Try]) -> dict[str, Both]:
    """Make these tries from the innermost of pages in pages; return what was seen."""
    for each in tries.values():
        each.number, each.address = pair.sites.start(ended(each))
    addresses: list[str] = []
    body = page_of(tries, "")
    for host in reversed(hosts):
        addresses.insert(0, pair.sites.start([Stop(host, body=body)])[1])
        body = f"<iframe src='{addresses[0]}'></iframe>"

    theirs = theirs_within(pair, addresses, tries)
    ours = ours_within(pair, addresses, tries)
    return {name: (ours[name], theirs[name]) for name in tries}


def theirs_within(pair: Pair, addresses: list[str], tries: dict[str, Try]) -> dict[str, Seen]:
    """Let Chromium make the tries."""
    pair.page.goto(addresses[0])
    inner = pair.page.frame(url=addresses[-1])
    inner.wait_for_function(ALL_ENDED, arg=sum(each.move.kind == "part" for each in tries.values()))
    shown = inner.evaluate("() => shown")
    seen = {}
    for name, each in tries.items():
        if each.move.kind == "hand":
            inner.evaluate(PUT, filled(each.move.markup, each.number, each.address))
            inner.press("#go", "Enter", no_wait_after=True)
        seen[name] = Seen(pair.sites.take(each.number, 1), shown.get(each.number, ""))
    return seen


def ours_within(pair: Pair, addresses: list[str], tries: dict[str, Try]) -> dict[str, Seen]:
    """Let our browser make the tries."""
    page: Page = pair.alice.navigate(addresses[0])
    for address in addresses[1:]:
        page = pair.alice.load_frame(address, from_=page)
    return {name: pair.our_own(each, page) for name, each in tries.items()}


def redirected(world: World) -> Cells:
    """A frame whose address is redirected, and what the page in it then asks for."""
    found: Cells = {}
    for relation, start in STARTS.items():
        world.pair.fresh(*set_cookies(), hosts=("shop", "idp"))
        tries = {
            f"{name}, {' > '.join(way)}": Try(move, stops(way, 302))
            for name, move in PARTS.items()
            for way in (("shop", "idp"), ("idp", "shop"))
        }
        seen = from_within(world.pair, ("shop", start), tries)
        found |= table(seen, COMPARED, f"shop > {start} ({relation})")
    return found


FAMILIES = {"frames in frames": nested, "frames in frames, redirected": redirected}
