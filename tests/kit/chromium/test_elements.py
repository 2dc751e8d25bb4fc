"""The model of a parser counts at least as many elements as Chromium's builds, and says how deep they stand."""

import random

import pytest

from labsrv.kit.html.open_elements import BadlyNested, OpenElements
from labsrv.kit.html.pieces import tags
from tests.kit.html.costly_pages import COSTLY, ORDINARY_PAGES

MOST = 20_000  # elements that Chromium is asked to build
# A browser's parser goes no deeper; <html>, <body> and what holds nothing are beside what the model counts.
DEEPEST, BESIDE = 512, 4
COUNT = """(pages) => pages.map((markup) => {
    const parsed = new DOMParser().parseFromString(markup, "text/html");
    const depths = new Map([[parsed, 0]]);
    for (const each of parsed.querySelectorAll("*")) depths.set(each, depths.get(each.parentNode) + 1);
    return [depths.size - 1, Math.max(...depths.values())];
})"""
FAMILIES = [
    "b i a a font nobr code",
    "div p ul li h1 h2 section button form object dl dd address pre dialog",
    "table table tr td td th tbody caption col colgroup",
    "span img br input hr custom ruby rt rb",
    "svg path g title desc style",
    "select option optgroup",
    "script style title textarea xmp noscript iframe",
    "marquee body html head center article",
]
ODDITIES = ["<!-- x -->", "<!--", "-->", "<![CDATA[", "]]>", "<a b='", "'>", "<", "</>", "<p/>", "<?x>"]


def counted(markup):
    """Return how many elements the model counts and how deep it says that they stand, None where it refuses."""
    tree = OpenElements()
    try:
        for tag in tags(markup):
            tree.read(tag)
    except BadlyNested:
        return None
    tree.build_again()
    return tree.built, tree.deepest + tree.adopted + BESIDE


def drawn_page(draw):
    """Return markup of a few kinds of elements, opened and closed in any order."""
    families = draw.sample(FAMILIES, draw.randint(1, 4))
    names, opened, pieces = " ".join(families).split(), [], []
    order = draw.random()
    for _ in range(draw.randint(3, 60)):
        turn = draw.random()
        if turn < 0.5:
            opened.append(draw.choice(names))
            pieces.append(f"<{opened[-1]}{draw.choice(['', '', f' x={draw.randint(0, 9)}', '/'])}>")
        elif turn < 0.5 + 0.3 * order and opened:
            pieces.append(f"</{opened.pop()}>")
        elif turn < 0.98:
            pieces.append(draw.choice(["tea", f"</{draw.choice(names)}>"]))
        else:
            pieces.append(draw.choice(ODDITIES))
    return draw.choice(["", "", "<!doctype html>"]) + "".join(pieces) * draw.choice([1, 1, 1, 4])


def too_low(pages, built):
    """Return the pages of which the model counts less than is there."""
    said = [(page, counted(page), there) for page, there in zip(pages, built, strict=True)]
    return [
        (page, model, there)
        for page, model, there in said
        if model and (model[0] < there[0] or model[1] < min(there[1], DEEPEST))
    ]


def test_no_page_has_more_elements_than_are_counted(chromium_page):
    draw = random.Random(20)
    pages = [drawn_page(draw) for _ in range(1_000)]

    assert too_low(pages, chromium_page.evaluate(COUNT, pages)) == []
    assert sum(counted(page) is not None for page in pages) > 750


NAMED = {name: markup for name, (markup, _) in COSTLY.items()} | ORDINARY_PAGES
# A browser takes minutes for these.
WITHOUT_END = {"attributes of <html>, again and again", "marks on one letter", "marks in entities"}
COUNTABLE = {name: markup for name, markup in NAMED.items() if name not in WITHOUT_END}


@pytest.mark.parametrize("markup", COUNTABLE.values(), ids=COUNTABLE)
def test_named_pages_have_no_more_elements_than_are_counted(chromium_page, markup):
    model = counted(markup)
    if model and model[0] > MOST:
        pytest.skip("Chromium would build too many")

    assert too_low([markup], chromium_page.evaluate(COUNT, [markup])) == []
