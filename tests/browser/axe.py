"""Ask axe-core what on a page shuts people out (WCAG 2.2 A and AA, and what its authors call best practice).

It ships with axe-playwright-python and needs no network. It finds what a machine can find; whether a name is a good
one, and whether one finds one's way by keyboard, other tests and people see.
"""

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A frame without script holds nobody's axe; what is in it is asked about on its own.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "iframes": False}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "iframes": False}
AXE = Axe()
OUTCOMES = ("passes", "violations")
KINDS = ("any", "all", "none")

# JupyterLab's body has no height and hides what overflows it: axe takes all that is in such a box for unseen, and says
# nothing of its colours. With a height it looks.
GIVE_HEIGHT = "document.body.style.minHeight = '100vh', document.body.style.minWidth = '100vw'"
MARK = "data-examined"
PLACES = f"""targets => targets.map((target) =>
    document.querySelector(target)?.closest("[{MARK}]")?.getAttribute("{MARK}") ?? null)"""


def faults(page: Any) -> list[str]:
    """Return what axe finds on a page or frame, a line each."""
    page.evaluate(GIVE_HEIGHT)
    return told(AXE.run(page, options=OPTIONS).response)


def faint_in_the_dark(page: Any) -> list[str]:
    """Return what is too faint on a page for those who prefer dark ones, a line each: nothing else differs for them.
    `faults` was asked of the page before, so axe is in it already.
    """
    page.emulate_media(color_scheme="dark")
    try:
        return [f"in the dark, {line}" for line in told(page.evaluate("options => axe.run(options)", COLOURS))]
    finally:
        page.emulate_media(color_scheme="light")


def faults_in(page: Any, views: dict[str, Any]) -> dict[str, list[str]]:
    """Return what axe finds in several places of a page, by their names, in one look: most of a look is its way through
    the whole page. All of them must be in the window: what is out of sight has no colours for axe.
    """
    page.evaluate(GIVE_HEIGHT)
    for name, view in views.items():
        view.evaluate(f"(it, name) => it.setAttribute('{MARK}', name)", name)
    try:
        found = AXE.run(page, context=f"[{MARK}]", options=OPTIONS).response
        return {name: told(part, name) for name, part in sorted_out(page, found, views).items()}
    finally:
        for view in views.values():
            view.evaluate(f"it => it.removeAttribute('{MARK}')")


def sorted_out(page: Any, found: dict[str, Any], names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what was found in each place; a violation that belongs to the page as a whole is in all of them."""
    nodes = [node for outcome in OUTCOMES for rule in found[outcome] for node in rule["nodes"]]
    targets = list({target for node in nodes for target in (target_of(node), *map(target_of, related(node)))})
    places = dict(zip(targets, page.evaluate(PLACES, targets), strict=True))

    def in_place(outcome: str, rule: dict[str, Any], node: dict[str, Any], name: str) -> bool:
        if rule["id"] == "landmark-unique":  # two views on one page may well have parts of the same name
            return name in {places[target_of(other)] for other in related(node)} & {places[target_of(node)]}
        place = places[target_of(node)]
        return place == name or (place is None and outcome == "violations")

    def part(outcome: str, name: str) -> list[dict[str, Any]]:
        here = [
            rule | {"nodes": [n for n in rule["nodes"] if in_place(outcome, rule, n, name)]} for rule in found[outcome]
        ]
        return [rule for rule in here if rule["nodes"]]

    return {name: {outcome: part(outcome, name) for outcome in OUTCOMES} for name in names}


def target_of(node: dict[str, Any]) -> str:
    """Return the selector of an element; one in a frame has that of the frame."""
    return str(node["target"][0])


def related(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the elements that a finding compares with."""
    return [other for kind in KINDS for each in node[kind] for other in each["relatedNodes"]]


def told(found: dict[str, Any], name: str = "it") -> list[str]:
    """Return the violations in words; raise `AssertionError` if axe saw no text, which no page of ours is without."""
    assert saw_text(found), f"axe took all of {name} for hidden"

    return [line for rule in found["violations"] for line in lines_of(rule)]


def saw_text(found: dict[str, Any]) -> bool:
    """Say whether axe looked at the colours of any text."""
    return any(rule["id"] == "color-contrast" for outcome in OUTCOMES for rule in found[outcome])


def lines_of(rule: dict[str, Any]) -> list[str]:
    """Return a rule's violations: the rule, where, the element, and what is wrong with it."""
    return [
        f"{rule['id']}: {node['html'][:120]} at {node['target']}: "
        + "; ".join(each["message"] for kind in KINDS for each in node[kind])
        for node in rule["nodes"]
    ]
