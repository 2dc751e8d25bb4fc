"""A message as words and links: none acts by itself, and each leads where it leads."""

import pytest

from labsrv.widgets.mail.reading import LONGEST_BODY, MOST_LINKS, PLAIN, MessageText, read_html, read_text

HTML = {
    "lines": ("<h1>Tea</h1><p>is <b>ready</b><br>now", [[["Tea", -1]], [["is ready", -1]], [["now", -1]]]),
    "a link": ("<a href='http://a.example/'>tea</a>!", [[["tea", 0], ["!", -1]]]),
    "a link that lies": ("<a href=http://b.example>http://a.example</a>", [[["http://a.example", 0]]]),
    "a picture": ("<img src=http://spy.example/x alt='a pot'>", [[["a pot", -1]]]),
    "nothing to read": ("<title>x</title><script>y</script><style>z</style>", []),
    "script within a script": ("<script><script>a</script>b", [[["b", -1]]]),
    "a tag within a script": ("<script>'<p>tea</p>'</script>b", [[["b", -1]]]),
    "a comment": ("tea<!-- <p>never mind</p> -->pot", [[["teapot", -1]]]),
    "a comment without an end": ("tea<!-- <p>never mind", [[["tea", -1]]]),
    "signs of HTML": ("1 &lt; 2 &amp; <!doctype html>tea < pot", [[["1 < 2 & tea < pot", -1]]]),
    "an address with an & that begins like a letter": (
        "<a href='http://a.example/?a=1&region=2&timestamp=3&copy=4'>tea</a>",
        [[["tea", 0]]],
    ),
    "capital letters": ("<A HREF=http://a.example>tea</A> pot", [[["tea", 0], [" pot", -1]]]),
    "two addresses": ("<a href=http://a.example href=http://b.example>tea</a>", [[["tea", 0]]]),
}


@pytest.mark.parametrize(("html", "lines"), HTML.values(), ids=HTML)
def test_html_is_read_as_words_and_links(html, lines):
    assert read_html(html, MessageText()) == lines


def test_a_link_leads_where_it_leads_whatever_it_says():
    reading = MessageText()
    read_html("<a href='http://mallory.localhost/?a=1&amp;b=2'>http://shop.localhost/</a>", reading)
    assert reading.links == ["http://mallory.localhost/?a=1&b=2"]


def test_the_first_of_two_addresses_counts_as_in_browsers():
    reading = MessageText()
    read_html("<a data-href=x HREF = 'http://a.example' href=http://b.example>tea</a>", reading)
    assert reading.links == ["http://a.example"]


def test_each_link_of_a_line_has_its_place():
    reading = MessageText()
    lines = read_text("http://a.example, http://b.example and http://a.example", reading)

    assert [run[1] for run in lines[0]] == [0, PLAIN, 1, PLAIN, 0]
    read_text("\n".join(f"http://{n}.example" for n in range(MOST_LINKS)), reading)
    assert len(reading.links) == MOST_LINKS
    assert len(read_text("x" * 100_000, MessageText())[0][0][0]) == LONGEST_BODY
