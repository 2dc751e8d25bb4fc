"""What `rich` prints is shown as text and as HTML: within a width, and whatever it says is text there."""

import html
import re

import pytest
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from labsrv.kit.shown import WIDTH, Shown, as_html, as_text

HOSTILE = "<img src=x onerror=alert(1)></pre>{code}&amp;"


def table():
    made = Table("name", "said")
    made.add_row("mallory", Text(HOSTILE))
    return made


THINGS = {"a text": Text(HOSTILE, style="red"), "a table": table(), "code": Syntax(HOSTILE, "python")}


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_what_it_says_is_text_and_never_markup(thing):
    page = as_html(thing)

    assert HOSTILE in as_text(thing)
    assert HOSTILE in html.unescape(re.sub("<[^>]*>", "", page))
    assert set(re.findall("<([^ >]*)", page)) == {"pre", "/pre", "span", "/span"}
    assert page.count("<pre") == page.count("</pre>") == 1 and page.rstrip().endswith("</pre>")


def test_lines_stay_within_the_width():
    assert max(map(len, as_text(Text("tea " * 200)).splitlines())) <= WIDTH


def test_colours_are_ours_and_the_ground_is_the_notebooks():
    assert "#d34040" in as_html(Text("no", style="red")) and "#2e8540" in as_html(Text("yes", style="green"))
    assert "background-color" not in as_html(Syntax("def tea(): ...", "python", theme="ansi_dark"))


def test_text_alone_has_neither_colours_nor_spaces_at_its_end():
    assert as_text(Text("tea  \n", style="red")) == "tea"


def test_a_thing_that_is_shown_gives_a_notebook_both():
    class Teapot(Shown):
        def __rich__(self):
            return Text("a [red] teapot & a cup")

    bundle = Teapot()._repr_mimebundle_(include=None, exclude=None)

    assert bundle["text/plain"] == "a [red] teapot & a cup"
    assert set(bundle) == {"text/plain", "text/html"} and "a [red] teapot &amp; a cup" in bundle["text/html"]
