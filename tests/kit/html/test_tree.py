"""Whoever wrote a page does not choose how long it takes to read it."""

import time

import pytest

from labsrv.kit.html.document import read_document
from labsrv.kit.html.tree import LONGEST, TooMuchMarkup, read_tree
from labsrv.kit.mail.html import hrefs
from tests.kit.html.costly_pages import COSTLY

# Begun again and again, and never ended, each of these makes some readers look at the rest of the page every time.
BEGUN = ["<a ", "<a b='", '<a b="', "<a b='\">", "<!--", "<!", "<?", "<![CDATA[", "</", "</a ", "<a/", "<", "&", "&#"]
ENDS = {"and never ended": "", "with one end": ">", "with an end of a comment": "-->", "with a quote": "'>"}
# Processor seconds; those that end take less than one, the others many minutes.
PATIENCE = 60


@pytest.mark.slow("large pages")
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("begun", BEGUN)
def test_a_page_of_things_begun_is_read_to_its_end(begun, end):
    began = time.process_time()
    read_document(begun * (LONGEST // len(begun)) + end)

    assert time.process_time() - began < PATIENCE


# name: (page, what is seen of it)
PAGES = {
    "a whole page": ("<p>tea <b>and</b> milk</p>", "tea and milk"),
    "a bracket in text": ("<p>1 < 2</p>", "1 < 2"),
    "a bracket at the end": ("<p>tea</p> <", "tea <"),
    "a tag without an end": ("<p>tea</p><a href=", "tea"),
    "something hidden that the next paragraph ends": ("<p hidden>unseen<p>tea", "tea"),
    "words in a table that belong before it": ("<table>tea<tr><td>pot</table>", "tea pot"),
    "what scripts would not show": ("<noscript>tea</noscript>", "tea"),
    "a drawing's title": ("<svg><title>unseen</title><text>tea</text></svg>", "tea"),
    "a template": ("<template><p>unseen</p></template>tea", "tea"),
    "a comment": ("tea<!-- <p>unseen</p> --> milk", "tea milk"),
    "a comment without an end": ("<p>tea</p><!-- <p>unseen</p>", "tea"),
    "a comment after one": ("<!-- a -->tea<!-- <p>unseen</p>", "tea"),
    "a section": ("tea<![CDATA[unseen]]> milk", "tea milk"),
}


@pytest.mark.parametrize(("page", "seen"), PAGES.values(), ids=PAGES)
def test_the_same_is_seen(page, seen):
    assert read_document(page).visible == seen


def test_what_is_too_long_is_cut():
    assert len("".join(part for part in read_tree("tea " * LONGEST) if isinstance(part, str))) == LONGEST


# In an attribute a name without a semicolon is none where a letter, a digit or = follows (HTML, 13.2.5.73).
ADDRESSES = {
    "?a=1&region=2": "?a=1&region=2",
    "?a=1&timestamp=2&copy=3&notify=4&order=5": "?a=1&timestamp=2&copy=3&notify=4&order=5",
    "?a=1&reg;ion=2": "?a=1\u00aeion=2",
    "?a=1&reg": "?a=1\u00ae",
    "?a=1&amp;b=2": "?a=1&b=2",
    "?a=1&ampb=2": "?a=1&ampb=2",
    "?a=&#x3c;&#60;&#60b": "?a=<<<b",
    "?a=&notit;": "?a=&notit;",
}


@pytest.mark.parametrize(("written", "meant"), ADDRESSES.items(), ids=ADDRESSES)
def test_addresses_are_read_as_browsers_read_them(written, meant):
    assert read_document(f'<a href="{written}">tea</a>').links[0].href == meant
    assert hrefs(f'<a href="{written}">tea</a>') == [meant]


# name: (page, the fields of its first form)
MISPLACED = {
    "a form in a table's row": ("<table><tr><form><td><input name=a></td></form></tr></table><input name=b>", ["a"]),
    "a form that ends within a block": ("<form><div></form><input name=a></div>", []),
    "a form that nothing ends": ("<div><form></div><input name=a>", ["a"]),
    "a form in a form": ("<form><form><input name=a></form><input name=b>", ["a"]),
    "an end in a comment": ("<form><!-- </form> --><input name=a>", ["a"]),
    "an end in a script": ("<form><script>'</form>'</script><input name=a>", ["a"]),
}


@pytest.mark.parametrize(("page", "names"), MISPLACED.values(), ids=MISPLACED)
def test_a_form_has_the_fields_that_browsers_give_it(page, names):
    assert list(read_document(page).forms[0].fields) == names


@pytest.mark.parametrize("page", [markup for markup, _ in COSTLY.values()], ids=COSTLY)
def test_reading_what_asks_for_too_much_is_quick(page):
    began = time.process_time()
    read_document(page)

    assert time.process_time() - began < PATIENCE


def test_of_a_page_that_asks_for_too_much_nothing_is_read():
    page = "<b>" * 200 + "<p>x" * 600

    with pytest.raises(TooMuchMarkup, match="within each other"):
        read_tree(page)

    assert (
        read_document(page).visible
        == "(Nothing of this page is read: it has more than 200 elements within each other.)"
    )
