"""How much work a page's styles may ask for: they are matched, laid out and painted on the thread of the notebook.

What cannot be told for sure, such as which elements a rule is about, is taken for the worst: that it is all of them.
"""

import math
import re
from collections.abc import Iterable

MOST_CHARACTERS = 200_000
DEEPEST_BRACES = 4
DEEPEST_BRACKETS = 30
DEEPEST_COLUMNS = 6  # elements within each other, on a page that has columns in columns
# Times the number of elements:
MOST_WORK = 2_000_000  # selectors, declarations and values
MOST_PAINTED = 5_000  # shadows, filters and animations
MOST_WRITTEN = 1_000_000  # characters that rules write
# Times its square, and itself to the third: selectors that look at each element's neighbours.
MOST_LOOKS = 4_000_000
MOST_COPIES = 1_000  # of one value, where variables are made of variables

STRINGS = re.compile(
    r"""/\*.*?(?:\*/|\Z)|url\([\s]*+(?!["'\s])[^)]*+\)?|"(?:[^"\\\n]|\\.)*+["\n]?|'(?:[^'\\\n]|\\.)*+['\n]?""",
    re.DOTALL | re.IGNORECASE,
)
PARTS = re.compile(r"[{},;(]")
LOOKS = re.compile(r"~(?!=)|:has\b|:nth-[a-z-]+\([^()]*\bof\b")
PAINTED = re.compile(r"shadow|clip-path|animation|@keyframes|(filter|blend|mask)")
AS_A_WHOLE = 20  # times as much work: what looks at all that is painted already
COLUMNS = re.compile(r"(?<![\w-])(?:-webkit-)?column(?:s|-count|-width)\s*:")
FROM_ELSEWHERE = re.compile(r"url|image", re.IGNORECASE)


def ask_too_much(styles: Iterable[str], elements: int, deepest: int) -> bool:
    """Return whether a page's styles, those of its attributes too, ask for more work than is done here."""
    written = "\n".join(styles)
    if len(written) > MOST_CHARACTERS or hides_something(written):
        return True

    css = STRINGS.sub(" ", written).lower()
    declarations = re.split("[;{}]", css)
    painted = sum(
        (AS_A_WHOLE if found[1] else 1) * (1 + each.count(",") + each.count("("))
        for each in declarations
        if (found := PAINTED.search(each))
    )
    variables = [each.count("var(") for each in declarations if each.lstrip().startswith("--") and "var(" in each]
    return (
        "\\" in css
        or depth_of(css, "{", "}") > DEEPEST_BRACES
        or depth_of(css, "(", ")") > DEEPEST_BRACKETS
        or len(PARTS.findall(css)) * elements > MOST_WORK
        or painted * elements > MOST_PAINTED
        or (len(written) - len(css)) * elements > MOST_WRITTEN
        or len(LOOKS.findall(css)) ** 3 * elements**2 > MOST_LOOKS
        or math.prod(variables[:99]) > MOST_COPIES
        or (COLUMNS.search(css) is not None and deepest > DEEPEST_COLUMNS)
    )


def hides_something(written: str) -> bool:
    """Return whether a style may hold a drawing: written out as data, or hidden by an escape, as any word may be."""
    data = "data:" in written.lower() and "svg" in written.lower()
    return data or ("\\" in written and FROM_ELSEWHERE.search(written) is not None)


def depth_of(text: str, begins: str, ends: str) -> int:
    """Return how deep brackets stand within each other."""
    deepest = now = 0
    for each in re.findall(f"[{re.escape(begins + ends)}]", text):
        now = now + 1 if each == begins else max(0, now - 1)
        deepest = max(deepest, now)
    return deepest
