"""What views write of an exchange: bodies as text within bounds, and a cookie without a name as one."""

from dataclasses import replace

import pytest

from labsrv.kit.cookies.parsing import cookie_name
from labsrv.widgets import show
from labsrv.widgets.text import LONGEST_BODY, NAMELESS, body_text, set_cookies
from labsrv.widgets.traffic.details import changes, details
from labsrv.widgets.traffic.rows import FIELDS, rows
from tests.kit.fake_sites import MALLORY, SHOP, browser, html

CSS = f"p {{ color: #{'0' * 600} }}"
BODIES = {
    "nothing": (b"", ""),
    "text": ("Grüße, 茶 🍵".encode(), "Grüße, 茶 🍵"),
    "bytes": (b"\xff\xfe" * 50, "(100 bytes that are no text)"),
    "text with NUL": (b"tea\0", "(4 bytes that are no text)"),
    "a last character that was cut in two": ("tea 🍵".encode()[:-1], "tea "),
    "as long as may be": (b"x" * LONGEST_BODY, "x" * LONGEST_BODY),
    "longer": (b"x" * (LONGEST_BODY + 1_234), f"{'x' * LONGEST_BODY}…\n(1,234 characters more)"),
    "a page's style": (
        f"<style nonce=n>{CSS * 2}</style><p>tea".encode(),
        "<style nonce=n>(1,228 characters of style)</style><p>tea",
    ),
    "a short style": (b"<style>p { color: red }</style>", "<style>p { color: red }</style>"),
    "a style without an end": (f"<style>{CSS}".encode(), f"<style>{CSS}"),
    "an element in a style": (f"<style>{CSS}<p>tea</style>".encode(), f"<style>{CSS}<p>tea</style>"),
}


@pytest.mark.parametrize(("body", "text"), BODIES.values(), ids=BODIES)
def test_a_body_is_text_or_how_long_it_is(body, text):
    assert body_text(body) == text


# What the shop sets, and the name that views show of it.
COOKIES = {
    "a name": ("sid=1; Path=/", "sid"),
    "no name": ("tea; Path=/", NAMELESS),
    "what looks like a name": ("__Host-sid; Path=/", NAMELESS),
}
SET = [given for given, _ in COOKIES.values()]
NAMES = [name for _, name in COOKIES.values()]


@pytest.fixture
def alice():
    """Alice has got every cookie of the table, came again, and was on Mallory's page, which shows a picture."""
    answer = html("<title>Tea</title>", ("X-Tea", "oolong"), *(("Set-Cookie", given) for given in SET))
    alice, _ = browser({f"{SHOP}/": answer})
    alice.navigate(f"{SHOP}/")
    alice.navigate(f"{SHOP}/again")
    alice.load_image(f"{SHOP}/pot.png", from_=MALLORY)
    return alice


def row(exchange, field):
    """Return the names in a field of an exchange's row."""
    return dict(zip(FIELDS, rows([exchange])[0], strict=True))[field].split(", ")


def names(cookies):
    return [each["name"] for each in cookies]


def first_column(view):
    """Return the first word of each line below the head; a cookie without a name has two."""
    lines = repr(view).splitlines()[1:]
    return [NAMELESS if line.startswith(NAMELESS) else line.split()[0] for line in lines if not line.startswith("  ")]


def test_the_values_of_set_cookie_come_in_their_order(alice):
    assert set_cookies(alice.history[0]) == SET
    assert [cookie_name(each) or NAMELESS for each in SET] == NAMES


SENT = ["sid", NAMELESS]
VIEWS = {
    "set, in a row": (lambda alice: row(alice.history[0], "sets"), NAMES),
    "refused, in a row": (lambda alice: row(alice.history[0], "refused"), [NAMELESS]),
    "sent, in a row": (lambda alice: row(alice.history[1], "sent"), SENT),
    "withheld, in a row": (lambda alice: row(alice.history[2], "withheld"), SENT),
    "set, in the details": (lambda alice: names(details(alice.history[0], None)["answer"]["cookies"]), NAMES),
    "sent, in the details": (lambda alice: names(details(alice.history[1], None)["request"]["cookies"]), SENT),
    "kept, in plain text": (lambda alice: first_column(show.cookies(alice)), SENT),
    "sent, in plain text": (lambda alice: first_column(show.sent(alice.history[1])), SENT),
}


@pytest.mark.parametrize(("look", "expected"), VIEWS.values(), ids=VIEWS)
def test_a_cookie_without_a_name_is_called_so(alice, look, expected):
    assert look(alice) == expected


def test_what_was_set_is_named_in_the_traffic_as_plain_text(alice):
    assert ", ".join(NAMES) in repr(show.traffic(alice.history))


def test_a_cookie_without_a_name_that_is_set_to_something_else_is_a_change(alice):
    before = replace(alice.history[0], response_headers=[("Set-Cookie", "tea")])
    (change,) = changes(before, replace(before, response_headers=[("Set-Cookie", "teapot")]))

    assert (change["sign"], change["before"], change["after"]) == ("~", "tea", "teapot")
