"""What would keep a browser's parser busy is counted before it is sent; ordinary pages, large ones too, are sent."""

import pytest

from labsrv.kit.html import bounds
from labsrv.kit.html.bounds import LIMITS, OFTEN, too_much
from tests.kit.html.costly_pages import COSTLY, ORDINARY_PAGES


@pytest.mark.parametrize(("markup", "said"), COSTLY.values(), ids=COSTLY)
def test_a_page_over_a_bound_is_told_by_what_it_has_too_much_of(markup, said):
    assert said in too_much(markup)


@pytest.mark.parametrize("markup", ORDINARY_PAGES.values(), ids=ORDINARY_PAGES)
def test_an_ordinary_page_is_shown(markup):
    assert too_much(markup) == ""


@pytest.mark.parametrize(
    "name", ["elements", "end tags", "blocks within each other", "attributes of <html>, again and again"]
)
def test_counting_ends_as_soon_as_it_is_too_much(monkeypatch, name):
    read = []
    monkeypatch.setattr(
        bounds, "tags", lambda markup, cut=bounds.tags: (read.append(tag) or tag for tag in cut(markup))
    )
    too_much(COSTLY[name][0])

    assert len(read) <= LIMITS["tags"][0] + OFTEN
