"""Families of cells: what a request tells of its page under each referrer policy (Referrer Policy; Fetch, Origin)."""

from labsrv.kit.fetch.referrer import POLICIES
from tests.kit.chromium.cells import METADATA, SENDER, Cells, table
from tests.kit.chromium.cookies import STARTS
from tests.kit.chromium.moves import FRAME, IMAGE, Move, fetch, form, link
from tests.kit.chromium.pair import Try, allowing
from tests.kit.chromium.redirects import stops
from tests.kit.chromium.sites import Stop
from tests.kit.chromium.world import World

POLICY = "Referrer-Policy"
MOVES = {
    "link": link(),
    "form POST": form(),
    "image": IMAGE,
    "frame": FRAME,
    "fetch POST": fetch(method="POST", body="a"),
    "fetch PUT": fetch(method="PUT", body="a"),
    "fetch no-cors POST": fetch(mode="no-cors", method="POST", body="a"),
}
# As a header's value; the last one that a browser knows counts.
SAID = {each: each for each in POLICIES}
# What a browser makes of other values is looked at across sites only.
ODDLY_SAID = {
    "none": "",
    "unknown": "quiet",
    "a list": "no-referrer, unsafe-url",
    "a list with an unknown one last": "unsafe-url, quiet",
    "upper case": "UNSAFE-URL",
}
IN_META = [*POLICIES, "", "quiet", "UNSAFE-URL", "default", "always", "origin-when-crossorigin"]
PAGE = "page?secret=1"


def policies(world: World) -> Cells:
    """Relation × the page's policy × kind of request."""
    found: Cells = {}
    for relation, start in STARTS.items():
        for name, policy in (SAID | ODDLY_SAID if relation == "cross-site" else SAID).items():
            tries = {move: Try(how, stops(("shop",), 302)) for move, how in MOVES.items()}
            seen = world.pair.run(f"{start}/{PAGE}", tries, (POLICY, policy))
            found |= table(seen, SENDER, f"{relation}, {name}")
    return found


def on_the_way(world: World) -> Cells:
    """Relation × the policy of a redirect × kind of request; the next stop is another site or the same."""
    found: Cells = {}
    for relation, start in STARTS.items():
        tries = {}
        for policy in POLICIES:
            for end in ("shop", "idp"):
                way = [Stop("shop", 307, [*allowing(), (POLICY, policy)]), Stop(end, 200, allowing())]
                for move in ("form POST", "image", "frame", "fetch POST"):
                    tries[f"{policy}, {move}, shop > {end}"] = Try(MOVES[move], way)
        found |= table(world.pair.run(f"{start}/{PAGE}", tries), SENDER, relation)
    return found


def in_meta(world: World) -> Cells:
    """HTML, `<meta name=referrer>`, with the names of old; it overrules the header."""
    found: Cells = {}
    for policy in IN_META:
        tries = {move: Try(MOVES[move], stops(("shop",), 302)) for move in ("link", "image", "fetch POST")}
        head = f"<meta name=referrer content='{policy}'>"
        seen = world.pair.run(f"mallory/{PAGE}", tries, (POLICY, "same-origin"), head=head)
        found |= table(seen, SENDER, policy or "empty")
    return found


def in_links(world: World) -> Cells:
    """HTML, `referrerpolicy` and `rel` of a link."""
    attributes = [f"referrerpolicy='{policy}'" for policy in (*POLICIES, "quiet")]
    attributes += [
        "rel=noreferrer",
        "rel=noopener",
        "rel='NoReferrer external'",
        "rel=noreferrer referrerpolicy=unsafe-url",
    ]
    moves: dict[str, Move] = {each: link(each) for each in attributes}
    found: Cells = {}
    for relation, start in STARTS.items():
        tries = {name: Try(move, stops(("shop",), 302)) for name, move in moves.items()}
        found |= table(world.pair.run(f"{start}/{PAGE}", tries), SENDER | METADATA, relation)
    return found


FAMILIES = {
    "referrer policies": policies,
    "referrer policies of redirects": on_the_way,
    "referrer policies in meta": in_meta,
    "referrer policies of links": in_links,
}
