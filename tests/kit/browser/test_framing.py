"""What a page shows is loaded as a browser loads it: with cookies and Referer, once, and never too much."""

import pytest

from labsrv.kit.browser import framing
from labsrv.kit.browser.framing import framed
from labsrv.kit.http.transport import RawResponse
from tests.kit.fake_sites import MALLORY, SHOP, browser, header, html, text

PICTURE = b"\x89PNG picture"
CSS = "body { color: red }"


def image(kind="image/png", body=PICTURE, *headers):
    return RawResponse(200, "OK", [("Content-Type", kind), *headers], body)


def shown(body, **answers):
    """Return Alice's browser, the sites, and what is shown of this page."""
    table = {f"{SHOP}/{name}": answer for name, answer in answers.items()}
    alice, sites = browser({f"{SHOP}/": html(body), f"{SHOP}/tea.png": image(), f"{SHOP}/tea.css": css(), **table})
    return alice, sites, framed(alice, alice.navigate(SHOP))


def css():
    return RawResponse(200, "OK", [("Content-Type", "text/css")], CSS.encode())


LOADED = {
    "an image": ("<img src=/tea.png>", {"/tea.png"}, set()),
    "an image, as the page writes it": ("<img src=' tea.png'>", {" tea.png"}, set()),
    "the same image twice": ("<img src=/tea.png><img src=/tea.png>", {"/tea.png"}, set()),
    "an image button": ("<input type=image src=/tea.png>", {"/tea.png"}, set()),
    "a stylesheet": ("<link rel=stylesheet href=/tea.css>", set(), {"/tea.css"}),
    "a stylesheet that is no CSS": ("<link rel=stylesheet href=/tea.png>", set(), set()),
    "an image that is none": ("<img src=/tea.css>", set(), set()),
    "an address below the page's base": ("<base href='/x/../'><img src=tea.png>", {"tea.png"}, set()),
    "an image in the page itself": ("<img src='data:image/png;base64,AA=='>", set(), set()),
    "script as an image": ("<img src='javascript:alert(1)'>", set(), set()),
    "an image outside the lab": ("<img src='http://elsewhere.invalid/tea.png'>", set(), set()),
    "a frame, a script, a prefetch": (
        "<iframe src=/a></iframe><script src=/b></script><link rel=prefetch href=/c>",
        set(),
        set(),
    ),
}


@pytest.mark.parametrize(("body", "images", "styles"), LOADED.values(), ids=LOADED)
def test_what_is_loaded(body, images, styles):
    _, sites, found = shown(body)

    assert (set(found.images), set(found.styles)) == (images, styles)
    assert all(value.startswith("data:image/png;base64,") for value in found.images.values())
    assert all(value == CSS for value in found.styles.values())
    assert found.markup == body and found.left_out == 0
    assert not [each.url for each in sites.asked if each.url[-2:] in ("/a", "/b", "/c")]


def test_it_is_asked_for_as_a_browser_asks():
    _alice, sites, _ = shown(f"<img src={MALLORY}/tea.png><link rel=stylesheet href=/tea.css>")
    picture, sheet = sites.asked[1:]

    assert [header(picture, f"Sec-Fetch-{each}") for each in ("Site", "Mode", "Dest")] == [
        "cross-site",
        "no-cors",
        "image",
    ]
    assert [header(sheet, f"Sec-Fetch-{each}") for each in ("Site", "Mode", "Dest")] == [
        "same-origin",
        "no-cors",
        "style",
    ]
    assert (header(picture, "Referer"), header(sheet, "Accept")) == (f"{SHOP}/", "text/css,*/*;q=0.1")


def test_a_picture_may_set_a_cookie():
    alice, _, _ = shown("<img src=/pot>", pot=image("image/png", PICTURE, ("Set-Cookie", "seen=1")))

    assert alice.jar.get("seen").value == "1"


def test_it_is_loaded_once_until_the_page_is_asked_for_again():
    alice, sites, found = shown("<img src=/tea.png>")
    assert framed(alice, alice.page) is found
    alice.navigate(f"{SHOP}/other")
    assert framed(alice, alice.back()) is found
    assert [each.url for each in sites.asked].count(f"{SHOP}/tea.png") == 1

    framed(alice, alice.reload())
    assert [each.url for each in sites.asked].count(f"{SHOP}/tea.png") == 2


BOUNDS = {
    "one that is too large": ("<img src=/large>", 0, 1),
    "too many": ("".join(f"<img src='/tea.png?{number}'>" for number in range(30)), framing.MOST_ASSETS, 6),
    "too much together": ("".join(f"<img src='/half?{number}'>" for number in range(12)), 10, 2),
}


@pytest.mark.parametrize(("body", "loaded", "left_out"), BOUNDS.values(), ids=BOUNDS)
def test_there_is_an_end_to_it(body, loaded, left_out):
    half = image(body=b"x" * (framing.MOST_BYTES // 10))
    _, _, found = shown(body, large=image(body=b"x" * (framing.LARGEST_ASSET + 1)), half=half)

    assert (len(found.images), found.left_out) == (loaded, left_out)


KINDS = {
    "a page": (html("<p>tea"), "html"),
    "text": (text("<b>tea</b>"), "text"),
    "JSON": (RawResponse(200, "OK", [("Content-Type", "application/json")], b"{}"), "text"),
    "a picture": (image(), "image"),
    "a drawing": (image("image/svg+xml", b"<svg onload=alert(1)>"), "image"),
    "a file": (RawResponse(200, "OK", [("Content-Type", "application/pdf")], b"%PDF"), "other"),
    "a file of no kind": (RawResponse(200, "OK", [], b"tea"), "other"),
    "nothing": (html(""), "empty"),
    "a picture with more to its kind": (image('image/png" onerror="alert(1)'), "other"),
}


@pytest.mark.parametrize(("answer", "kind"), KINDS.values(), ids=KINDS)
def test_kinds(answer, kind):
    alice, _ = browser({f"{SHOP}/": answer})

    assert framed(alice, alice.navigate(SHOP)).kind == kind


def test_a_long_page_is_cut():
    _, _, found = shown("x" * (framing.MOST_CHARACTERS + 1))

    assert len(found.markup) == framing.MOST_CHARACTERS


def test_what_a_linked_stylesheet_asks_for_counts_as_well():
    costly = RawResponse(200, "OK", [("Content-Type", "text/css")], b"*{filter:blur(9px)}" * 100)
    _, _, found = shown("<link rel=stylesheet href=/tea.css>" + "<p>x</p>" * 300, **{"tea.css": costly})

    assert found.bare and found.styles == {}


def test_a_drawing_that_multiplies_is_left_out():
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<use href='#a'/>" * 50 + b"</svg>"
    _, _, found = shown("<img src=/pot>", pot=image("image/svg+xml", drawing))

    assert found.images == {} and found.left_out == 1


def test_a_text_of_too_many_lines_is_not_shown():
    alice, _ = browser({f"{SHOP}/": text("\n" * 50_000)})

    assert framed(alice, alice.navigate(SHOP)).excess == "more than 20,000 lines"
