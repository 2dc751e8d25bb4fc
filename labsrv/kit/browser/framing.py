"""What somebody needs to show a page without a request of their own: its markup, its pictures, its stylesheets.

The Browser loads them, as a real one does, with its cookies and its Referer: what a picture sets, the jar has. How much
is bounded. Nothing here makes a page harmless: whoever shows the markup has to take out what acts by itself.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from weakref import WeakKeyDictionary

from werkzeug.http import parse_options_header

from labsrv.kit.browser.browser import Browser, BrowserError
from labsrv.kit.browser.page import Page, decode_text
from labsrv.kit.browser.response import Response
from labsrv.kit.html.bounds import LIMITS, Sizes, sizes_of, too_much_text
from labsrv.kit.html.drawings import drawing_size
from labsrv.kit.html.pieces import without_styles
from labsrv.kit.html.styles import ask_too_much
from labsrv.kit.html.tree import Start, read_tree

Kind = Literal["html", "text", "image", "other", "empty", "too much"]

MOST_CHARACTERS = 512 * 1024
MOST_ASSETS = 24
LARGEST_ASSET = 192 * 1024
MOST_BYTES = 1024 * 1024
IMAGE = re.compile(r"image/[\w.+-]+")
STYLE = re.compile("<style", re.IGNORECASE)
DRAWING = "image/svg+xml"
TEXT = re.compile(r"text/.*|application/(?:.*\+)?(?:json|xml)|application/javascript")


@dataclass(frozen=True)
class Framed:
    """A page ready to be shown. `images` has data URLs and `styles` has CSS, by the address as the page writes it.

    `left_out` counts what was too much or too large; `excess` is what a page has too much of to be shown at all;
    `bare` says that its styles ask for too much, and are not shown.
    """

    kind: Kind
    markup: str = ""
    images: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    left_out: int = 0
    bare: bool = False
    excess: str = ""


# What was loaded for a page is loaded once, however many look at it, and however often one goes back to it.
KNOWN: WeakKeyDictionary[Page, Framed] = WeakKeyDictionary()


def framed(browser: Browser, page: Page) -> Framed:
    """Return a page with what it shows, loaded through this browser on first use."""
    if page not in KNOWN:
        KNOWN[page] = framed_now(browser, page)
    return KNOWN[page]


def framed_now(browser: Browser, page: Page) -> Framed:
    """Return a page with what it shows, loaded now."""
    kind = parse_options_header(page.headers.get("Content-Type"))[0]

    if not page.body:
        return Framed("empty")
    if page.is_html:
        return with_assets(browser, page)
    if IMAGE.fullmatch(kind) and len(page.body) <= LARGEST_ASSET and not too_much_drawn(kind, page.body):
        return Framed("image", images={"": data_url(kind, page.body)})
    if TEXT.fullmatch(kind):
        return as_text(page.text[:MOST_CHARACTERS])

    return Framed("other")


def as_text(text: str) -> Framed:
    """Return what is text and no page."""
    excess = too_much_text(text)
    return Framed("too much", excess=excess) if excess else Framed("text", text)


def with_assets(browser: Browser, page: Page) -> Framed:
    """Load what an HTML page shows, until it is too much."""
    result = Framed("html", page.text[:MOST_CHARACTERS])
    # Nothing is loaded for what is not shown.
    sizes = sizes_of(result.markup)
    if sizes.excess:
        return Framed("too much", excess=sizes.excess)

    wanted = assets_of(result.markup)
    room, left_out = MOST_BYTES, max(0, len(wanted) - MOST_ASSETS)

    # A page may name thousands of files, and others' large ones: what is too much is counted, and said beside the page.
    for use, written in wanted[:MOST_ASSETS]:
        if room <= 0:
            left_out += 1
            continue
        response = load(browser, page, use, written)
        if response is None:
            continue
        body = body_of(response)
        if len(body) <= min(room, LARGEST_ASSET) and not too_much_drawn(content_type(response), body):
            keep(result, use, written, content_type(response), body)
        else:
            left_out += 1
        room -= len(body)  # it was loaded, whether it is kept or not

    return dressed(replace(result, left_out=left_out), sizes)


def dressed(result: Framed, sizes: Sizes) -> Framed:
    """Return a page with its styles, or without them where they ask for too much."""
    if sizes.styles is None:
        bare = bool(result.styles) or "style" in result.markup.lower()
    else:
        bare = ask_too_much([*sizes.styles, *result.styles.values()], sizes.built, sizes.deepest)
    if not bare:
        return result
    # Where nobody knows what is a style, nothing is one.
    markup = STYLE.sub("<x-style", result.markup) if sizes.styles is None else without_styles(result.markup)
    return replace(result, markup=markup, bare=True, styles={})


def load(browser: Browser, page: Page, use: str, written: str) -> Response | None:
    """Load one image or stylesheet as this page's browser does, or return None where nothing came."""
    ask = browser.load_image if use == "image" else browser.load_style
    try:
        response = ask(page.absolute(written, page.base), from_=page)
    except BrowserError:
        return None
    return None if response.type == "error" else response


def body_of(response: Response) -> bytes:
    """Return what was answered, readable by script or not."""
    return response.exchange.response_body if response.exchange else b""


def content_type(response: Response) -> str:
    """Return the Content-Type that came, readable by script or not."""
    return (response.exchange and response.exchange.response_header("Content-Type")) or ""


def keep(result: Framed, use: str, written: str, said: str, body: bytes) -> None:
    """Keep what is what the page takes it for: an image as an image, a stylesheet as CSS."""
    kind = parse_options_header(said)[0]

    if use == "image" and IMAGE.fullmatch(kind):
        result.images[written] = data_url(kind, body)
    elif use == "style" and kind == "text/css":
        result.styles[written] = decode_text(body, said)


def too_much_drawn(said: str, body: bytes) -> bool:
    """Return whether an image is a drawing of too many parts."""
    return parse_options_header(said)[0] == DRAWING and drawing_size(body) > LIMITS["drawn"][0]


def data_url(kind: str, body: bytes) -> str:
    """Return the bytes as an address that needs no request (RFC 2397)."""
    return f"data:{kind};base64,{b64encode(body).decode()}"


def assets_of(markup: str) -> list[tuple[str, str]]:
    """Return ("image" or "style", address as written) for what a page shows, each once, in the order of the page."""
    starts = (each for each in read_tree(markup) if isinstance(each, Start) and not each.drawn)
    wanted = (asset_of(each.name, each.said) for each in starts)
    return list(dict.fromkeys(each for each in wanted if each and each[1].strip() and not is_data(each[1])))


def asset_of(tag: str, said: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what an element loads to be shown, None where it loads nothing."""
    if tag == "img" or (tag == "input" and said.get("type", "").lower() == "image"):
        return "image", said.get("src", "")
    if tag == "link" and "stylesheet" in said.get("rel", "").lower().split():
        return "style", said.get("href", "")
    return None


def is_data(address: str) -> bool:
    """Return whether an address holds its content itself (RFC 2397)."""
    return address.strip().lower().startswith("data:")
