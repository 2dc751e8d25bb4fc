"""Styles that ask for too much are told from ordinary ones."""

import pytest

from labsrv.kit.html.bounds import sizes_of
from labsrv.kit.html.styles import ask_too_much, depth_of
from tests.kit.html.costly_pages import COSTLY_STYLES, ORDINARY_STYLES


def asked(markup):
    sizes = sizes_of(markup)
    assert sizes.excess == ""
    return ask_too_much(sizes.styles, sizes.built, sizes.deepest)


@pytest.mark.parametrize("markup", COSTLY_STYLES.values(), ids=COSTLY_STYLES)
def test_they_ask_for_too_much(markup):
    assert asked(markup)


@pytest.mark.parametrize("markup", ORDINARY_STYLES.values(), ids=ORDINARY_STYLES)
def test_ordinary_ones_do_not(markup):
    assert not asked(markup)


# Each made a reader that looks twice look at the rest again and again.
BEGUN = ["url(", "--", "/*", "'", '"', "(", "{", ":nth-a(", ":nth-a( of", "\\", "--a:var(", "@media", "~", "shadow"]


@pytest.mark.parametrize("piece", BEGUN)
def test_what_is_begun_and_never_ended_is_read_once(piece):
    assert ask_too_much([piece * (199_000 // len(piece))], 10, 10) in (True, False)


def test_brackets_are_counted_as_deep_as_they_go():
    assert depth_of("a{b{c}d{e{", "{", "}") == 3 and depth_of("}}}{", "{", "}") == 1
