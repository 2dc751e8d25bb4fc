"""The looks of the tea shop: one small stylesheet in every page of every lesson, which asks for nothing more; Mallory
has copied it, and one sees that.
"""

import re
from importlib import import_module
from pathlib import Path

import pytest

from labsrv.kit.addresses.names import LabNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.small_page import STYLE, mallorys_page, small_page
from labsrv.kit.lessons.tea_shop import PAGES
from labsrv.labs import complete, furnish, techniques

# It is in the body of every page that people look at: what it grows by, each answer grows by.
LARGEST_STYLE = 3 * 1024  # bytes
# What looks like no shop: a provider has a page of its own.
OTHERS = {"idp", "social"}
EXTENDS = re.compile(r'^{%-? extends "([^"]+)"')
COPY = '<html lang="en" class="copy">'


def templates_of(technique):
    """Return a lesson's own templates and the tea shop's page by their names."""
    folder = Path(str(import_module(f"labsrv.labs.{technique}").__file__)).parent / "templates"
    return {each.name: each.read_text(encoding="utf-8") for each in [*folder.glob("*.html"), *PAGES.glob("*.html")]}


def test_the_stylesheet_is_small_and_asks_for_nothing():
    assert len(STYLE.encode()) <= LARGEST_STYLE
    assert not re.search(r"url\(|@import|@font-face|<|{[{%#]", STYLE)


@pytest.mark.parametrize("technique", techniques())
def test_every_template_is_written_on_the_page_of_the_shop(technique):
    templates = templates_of(technique)

    for name in templates:
        page, seen = name, set()
        while (extends := EXTENDS.match(templates[page])) and page not in seen:
            seen.add(page)
            page = extends[1]
        assert page == "tea_shop.html", name
    assert [name for name, text in templates.items() if "<style" in text or "style=" in text] == ["tea_shop.html"]


@pytest.mark.slow("a lab for each lesson")
@pytest.mark.parametrize("technique", techniques())
def test_the_shop_and_its_neighbours_have_one_stylesheet_and_only_mallory_a_copy(technique):
    lab = Lab(technique, place=LabNumber(), hash_cost="low", report=lambda exchange: None)
    try:
        furnish(lab, technique, complete(technique, {})(lab))
        fronts = {name: lab.alice.navigate(site.url) for name, site in lab.sites.items() if name not in OTHERS}
        pages = {name: page.text for name, page in fronts.items() if page.is_html and page.status == 200}
    finally:
        lab.stop()

    assert "shop" in pages
    assert {name for name, text in pages.items() if STYLE not in text} == set()
    assert {name for name, text in pages.items() if COPY in text} == {"mallory"} & set(pages)


def test_a_copy_says_the_same_and_differs_in_a_word_and_the_name_that_it_takes():
    ours, hers = small_page("Tea", "Oolong & more."), mallorys_page("Tea", "Oolong & more.")

    assert hers.replace(' class="copy"', "").replace("<nav><b>The tea shop</b></nav>", "") == ours
    assert "Oolong &amp; more." in ours
