"""Whoever wrote a page does not choose how long it takes to read it."""

import time

import pytest

from labsrv.kit.html.document import read_document
from labsrv.kit.html.tame import LONGEST, tame

# Begun again and again, and never ended, each of these made html.parser look at the rest of the page every time.
BEGUN = ["<a ", "<a b='", '<a b="', "<a b='\">", "<!--", "<!", "<?", "<![CDATA[", "</", "</a ", "<a/", "<", "&", "&#"]
ENDS = {"and never ended": "", "with one end": ">", "with an end of a comment": "-->", "with a quote": "'>"}
# Processor seconds; the tame take less than one, the others many minutes.
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
    "a tag without an end": ("<p>tea</p><a href=", "tea <a href="),
    "a comment": ("tea<!-- <p>unseen</p> --> milk", "tea milk"),
    "a comment without an end": ("<p>tea</p><!-- <p>unseen</p>", "tea"),
    "a comment after one": ("<!-- a -->tea<!-- <p>unseen</p>", "tea"),
    "a section": ("tea<![CDATA[unseen]]> milk", "tea milk"),
}


@pytest.mark.parametrize(("page", "seen"), PAGES.values(), ids=PAGES)
def test_the_same_is_seen(page, seen):
    assert read_document(page).visible == seen


def test_what_is_too_long_is_cut():
    assert len(tame("tea " * LONGEST)) == LONGEST
