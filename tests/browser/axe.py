"""Ask axe-core what on a page shuts people out (WCAG 2.2 A and AA, and what its authors call best practice).

It ships with axe-playwright-python and needs no network. It finds what a machine can find; whether a name is a good
one, and whether one finds one's way by keyboard, other tests and people see.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A frame without script holds nobody's axe; what is in it is asked about on its own.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "iframes": False}
AXE = Axe()

# JupyterLab's body has no height and hides what overflows it: axe takes all that is in such a box for unseen, and says
# nothing of its colours. With a height it looks.
GIVE_HEIGHT = "document.body.style.minHeight = '100vh', document.body.style.minWidth = '100vw'"
MARK = "data-examined"
PATIENCE = 10


def faults(page: Any, view: Any = None) -> list[str]:
    """Return what axe finds on a page or frame, or in one place of it (a playwright `Locator`), a line each."""
    page.evaluate(GIVE_HEIGHT)
    if view is None:
        return told(AXE.run(page, options=OPTIONS).response)

    # What is half under the notebook's toolbar has colours that axe cannot tell.
    view.evaluate("it => it.scrollIntoView({ block: 'center' })")
    view.evaluate(f"it => it.setAttribute('{MARK}', '')")
    try:
        return told(examined(page))
    finally:
        view.evaluate(f"it => it.removeAttribute('{MARK}')")


def examined(page: Any) -> dict[str, Any]:
    """Return what axe finds in the marked place, once nothing that is on its way (a menu that closes) lies over it."""
    for _ in range(PATIENCE):
        found = AXE.run(page, context=f"[{MARK}]", options=OPTIONS).response
        if saw_text(found):
            break
        page.wait_for_timeout(200)
    return found


def told(found: dict[str, Any]) -> list[str]:
    """Return the violations in words; raise `AssertionError` if axe saw no text, which no page of ours is without."""
    assert saw_text(found), "axe took all of it for hidden"

    return [line for rule in found["violations"] for line in lines_of(rule)]


def saw_text(found: dict[str, Any]) -> bool:
    """Say whether axe looked at the colours of any text."""
    return any(rule["id"] == "color-contrast" for outcome in ("passes", "violations") for rule in found[outcome])


def lines_of(rule: dict[str, Any]) -> list[str]:
    """Return a rule's violations: the rule, where, the element, and what is wrong with it."""
    return [
        f"{rule['id']}: {node['html'][:120]} at {node['target']}: "
        + "; ".join(each["message"] for kind in ("any", "all", "none") for each in node[kind])
        for node in rule["nodes"]
    ]
