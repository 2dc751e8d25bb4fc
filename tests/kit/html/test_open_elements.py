"""Elements are counted as a browser builds them; `tests/kit/chromium/test_elements.py` asks one."""

import pytest

from labsrv.kit.html.open_elements import BadlyNested, OpenElements
from labsrv.kit.html.pieces import tags

# name: (markup, elements that are built beside html, head and body, formatting elements that are left over)
BUILT = {
    "nothing": ("tea", 0, 0),
    "elements": ("<div><span>x</span></div>", 2, 0),
    "closed formatting": ("<b>x</b><p>y", 2, 0),
    "one <b> in three paragraphs": ("<b><p>x<p>y<p>z", 4 + 3, 1),
    "four alike are three": ("<b><b><b><b>", 4, 3),
    "four unlike are four": ("<b a><b b><b c><b d>", 4, 4),
    "a second <a> ends the first, and may be built again": ("<a>x<a>y", 3, 1),
    "an end that comes late": ("<b>x<i>y</b>z</i>", 3, 0),
    "a row that a cell implies": ("<table><td>x", 4, 0),
    "a cell without a table": ("<td>x", 0, 0),
    "an end that is an element": ("</p></br>", 2, 0),
    "a drawing": ("<svg><path/><path/></svg><p>", 4, 0),
}


@pytest.mark.parametrize(("markup", "built", "kept"), BUILT.values(), ids=BUILT)
def test_elements_are_counted(markup, built, kept):
    tree = OpenElements()
    for tag in tags(markup):
        tree.read(tag)
    tree.build_again()

    assert (tree.built - 3, tree.kept) == (built, kept)


@pytest.mark.parametrize("markup", ["<math>", "<template>", "<frameset>", "<plaintext>", "<svg><p>", "<select><p>"])
def test_what_nobody_can_count_is_refused(markup):
    tree = OpenElements()
    *known, last = tags(markup)
    for tag in known:
        tree.read(tag)

    with pytest.raises(BadlyNested):
        tree.read(last)
