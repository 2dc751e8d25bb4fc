"""Families of cells: which cookies go along, and which are taken, in every kind of request."""

from tests.kit.chromium.cells import Cells, cookies, names, table
from tests.kit.chromium.moves import FRAME, IMAGE, STYLE, TYPED, fetch, form, link
from tests.kit.chromium.pair import Pair, Try, allowing
from tests.kit.chromium.sites import Stop
from tests.kit.chromium.world import World

STARTS = {"same-origin": "shop", "same-site": "api.shop", "cross-site": "mallory"}
MOVES = {
    "typed": TYPED,
    "link": link(),
    "form GET": form("GET"),
    "form POST": form(),
    "image": IMAGE,
    "style": STYLE,
    "frame": FRAME,
    "fetch without credentials": fetch(credentials="omit"),
    "fetch": fetch(credentials="same-origin"),
    "fetch with credentials": fetch(credentials="include"),
    "fetch POST with credentials": fetch(credentials="include", method="POST", body="a"),
    "fetch no-cors with credentials": fetch(credentials="include", mode="no-cors"),
}
# name → attributes; None without Secure is refused by both, which the cells show as well
COOKIES = {
    f"{same_site}{secure}": (f"; SameSite={same_site}" if same_site != "unset" else "") + secure.replace("-", "; ")
    for same_site in ("Strict", "Lax", "None", "unset")
    for secure in ("", "-Secure")
}


def set_cookies(suffix: str = "") -> list[str]:
    """Return the Set-Cookies of all kinds."""
    return [f"{name}{suffix}=1; Path=/{attributes}" for name, attributes in COOKIES.items()]


def sent(pair: Pair, starts: dict[str, str] = STARTS) -> Cells:
    """RFC 6265bis, 5.8.3: relation × kind of request × SameSite × Secure."""
    found: Cells = {}
    for relation, start in starts.items():
        pair.fresh(*set_cookies())
        tries = {name: Try(move, [Stop("shop", headers=allowing())]) for name, move in MOVES.items()}
        found |= table(pair.run(start, tries), cookies(*COOKIES), relation)
    return found


def cookies_sent(world: World) -> Cells:
    """A Chromium that allows third-party cookies: what SameSite alone decides."""
    return sent(world.pair)


def cookies_sent_later(world: World) -> Cells:
    """RFC 6265bis, 5.6.7.2: when the two minutes are over, a cookie without SameSite is Lax."""
    return sent(world.later)


def cookies_sent_by_default(world: World) -> Cells:
    """A Chromium as it comes."""
    return sent(world.by_default, {"cross-site": "mallory"})


def cookies_taken(world: World) -> Cells:
    """RFC 6265bis, 5.7: relation × kind of request × SameSite × Secure; is the answer's cookie stored?"""
    pair, found = world.pair, Cells()
    for relation, start in STARTS.items():
        pair.fresh()
        tries = {
            name: Try(
                move, [Stop("shop", headers=allowing() + [("Set-Cookie", each) for each in set_cookies(f"-{number}")])]
            )
            for number, (name, move) in enumerate(MOVES.items())
        }
        pair.run(start, tries)
        found |= taken(pair, relation)
    return found


def taken(pair: Pair, relation: str) -> Cells:
    """Return a cell for each cookie that one of the moves could have brought."""
    pair.page.goto(pair.sites.url("shop", "looking"))  # By then Chromium has taken what the last 204 set.
    theirs = {cookie["name"] for cookie in pair.page.context.cookies()}
    ours = {cookie.name for cookie in pair.alice.jar.all()}
    return {
        f"{relation}, {move}: {name} taken": (f"{name}-{number}" in ours, f"{name}-{number}" in theirs)
        for number, move in enumerate(MOVES)
        for name in COOKIES
    }


SET_AT = "tea/green"
SCOPES = {
    "host-only": "Path=/",
    "domain": "Path=/; Domain=shop.localhost",
    "domain-dot": "Path=/; Domain=.shop.localhost",
    "domain-case": "Path=/; Domain=SHOP.localhost",
    "domain-above": "Path=/; Domain=localhost",
    "domain-below": "Path=/; Domain=api.shop.localhost",
    "domain-stranger": "Path=/; Domain=idp.localhost",
    "no-path": "",
    "tea": "Path=/tea",
    "tea-slash": "Path=/tea/",
    "tea-case": "Path=/TEA",
    "tea-green": "Path=/tea/green",
    "relative": "Path=tea",
    "elsewhere": "Path=/coffee",
    "escaped": "Path=/te%61",
    "__Secure-kept": "Path=/; Secure",
    "__Secure-open": "Path=/",
    "__Host-kept": "Path=/; Secure",
    "__Host-path": "Path=/tea; Secure",
    "__Host-domain": "Path=/; Secure; Domain=shop.localhost",
    "__Http-kept": "Path=/; Secure; HttpOnly",
    "__Http-script": "Path=/; Secure",
    "__Host-Http-kept": "Path=/; Secure; HttpOnly",
    "__host-open": "Path=/",
    "an-hour": "Path=/; Max-Age=3600",
    "over": "Path=/; Max-Age=0",
    "never": "Path=/; Max-Age=-1",
    "past": "Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "ahead": "Path=/; Expires=Fri, 01 Jan 2100 00:00:00 GMT",
    "age-wins": "Path=/; Max-Age=3600; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
}
PLACES = dict.fromkeys(
    ("shop", "api.shop", "old.api.shop", "idp"),
    ("", "tea", "tea/", "tea/green", "tea/green/leaf", "teapot", "TEA", "te%61", "coffee", "tea?cup=1", "tea//green"),
)


def cookies_covered(world: World) -> Cells:
    """RFC 6265bis, 5.1.3, 5.1.4, 5.4 and 5.5: which address gets a cookie of this Domain, Path, prefix or expiry."""
    pair, found = world.pair, Cells()
    pair.fresh()
    pair.both_visit(pair.sites.url("shop", SET_AT), *[f"{name}=1; {scope}" for name, scope in SCOPES.items()])

    for host, paths in PLACES.items():
        for path in paths:
            ours, theirs = (names(told["Cookie"]) for told in pair.both_visit(pair.sites.url(host, path)))
            found |= {f"{host}/{path}: {name} sent": (name in ours, name in theirs) for name in SCOPES}
            found[f"{host}/{path}: order"] = (ours, theirs)
    return found


FAMILIES = {
    "cookies sent": cookies_sent,
    "cookies sent, two minutes later": cookies_sent_later,
    "cookies sent, third parties blocked": cookies_sent_by_default,
    "cookies taken": cookies_taken,
    "cookies covered by Domain, Path, prefix, expiry": cookies_covered,
}
