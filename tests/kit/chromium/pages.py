"""Families of cells: what a page holds, read by both: addresses, links, fields, bodies, words."""

from typing import Any

from labsrv.kit.addresses.urls import BadAddress, resolve
from labsrv.kit.html.document import squeezed
from labsrv.kit.html.forms import MULTIPART, encode, urlencoded
from tests.kit.browser.test_page import LINKS, VISIBLE
from tests.kit.chromium.cells import Cells
from tests.kit.chromium.world import World
from tests.kit.fake_sites import SHOP, browser, html
from tests.kit.html.test_forms import ENCODINGS, FIELDS

HERE = SHOP + "/tea/green?x=1#y"
# Addresses that filters of redirects meet
HOSTILE = [
    "//evil.test",
    "///evil.test",
    "////evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "\\/evil.test",
    "/<tab>/evil.test",
    "<tab>//evil.test",
    "<space>//evil.test",
    "http:evil.test",
    "http:/evil.test",
    "https:evil.test",
    "https:/\\evil.test",
    "http:\\\\evil.test",
    "//evil.test\\@shop.localhost",
    "//shop.localhost@evil.test",
    "//shop.localhost:8000@evil.test",
    "//evil.test#@shop.localhost",
    "//evil.test?@shop.localhost",
    "/%2f%2fevil.test",
    "/%5cevil.test",
    "/..//evil.test",
    "/.//evil.test",
    "//EVIL.test",
    "//evil%2etest",
    "//evil.test.",
    "//evil%00.test",
    "//ev<space>il.test/../",
    "/%2e%2e/x",
    "javascript:alert(1)",
    "java<line>script:alert(1)",
    "<control>javascript:alert(1)",
    "data:text/html,x",
    "//",
    "http://",
    "?",
    "#",
    "//[::1]:8000/",
    "//[::1/",
    "//evil.test:99999",
    "//evil.test:",
    "//evil.test:x",
    "//user:@evil.test",
    "//@evil.test",
]
SPELT = {"<tab>": "\t", "<space>": " ", "<line>": "\n", "<control>": "\x01"}

RESOLVE = "([base, all]) => all.map(each => { try { return new URL(each, base).href } catch { return null } })"
LINK = """([here, base, href]) => {
    const page = document.implementation.createHTMLDocument('')
    for (const value of [here, base]) {
        const element = page.createElement('base')
        element.href = value ? new URL(value, here) : here
        page.head.replaceChildren(element)
    }
    const link = page.createElement('a')
    link.setAttribute('href', href)
    page.body.append(link)
    return link.href
}"""
ENTRIES = "() => [...new FormData(document.forms[0])].filter(([name, value]) => typeof value == 'string')"
ENCODE = "entries => new URLSearchParams(entries).toString()"
SEVERAL_PARTS = """async () => {
    const data = new FormData()
    data.append('a"b', '1\\n2')
    return await new Response(data).text()
}"""
WORDS = "() => document.body.innerText"


def addresses(world: World) -> Cells:
    """URL Standard: both read the same address, or both refuse it (None)."""
    spelt = [with_signs(each) for each in HOSTILE]
    theirs = world.by_default.page.evaluate(RESOLVE, [HERE, spelt])
    return {name: (ours_of(text), bare(their)) for name, text, their in zip(HOSTILE, spelt, theirs, strict=True)}


def with_signs(text: str) -> str:
    """Return an address with its unseen signs."""
    for name, sign in SPELT.items():
        text = text.replace(name, sign)
    return text


def ours_of(address: str) -> str | None:
    """Return what our browser makes of an address on the page."""
    try:
        return bare(resolve(HERE, address))
    except BadAddress:
        return None


def bare(url: str | None) -> str | None:
    """Return an address without an empty query or fragment, which no request shows."""
    return url and url.rstrip("?#")


def links(world: World) -> Cells:
    """HTML, "document base URL"."""
    page = world.by_default.page
    return {row: (expected, page.evaluate(LINK, [HERE, base, href])) for row, (base, href, expected) in LINKS.items()}


def fields(world: World) -> Cells:
    """HTML, "constructing the entry list"."""
    found: Cells = {}
    for row, (inside, _) in FIELDS.items():
        alice, _ = browser({SHOP + "/": html(f"<form>{inside}</form>")})
        form = alice.navigate(SHOP).forms[0]
        ours = [list(entry) for name, value in form.fields.items() for entry in form.entries(name, value)]
        found[row] = (ours, shown(world, f"<form>{inside}</form>", ENTRIES))
    return found


def shown(world: World, body: str, script: str) -> Any:
    """Return what script says of a page with this body in Chromium."""
    page = world.by_default.page
    page.set_content(body)
    return page.evaluate(script)


def encodings(world: World) -> Cells:
    """URL Standard, "application/x-www-form-urlencoded serializer"; HTML, "multipart/form-data encoding algorithm"."""
    page = world.by_default.page
    found: Cells = {
        row: (urlencoded(entries), page.evaluate(ENCODE, [list(each) for each in entries]))
        for row, (entries, _) in ENCODINGS.items()
        if "line breaks" not in row  # URLSearchParams leaves these to the form.
    }
    theirs = page.evaluate(SEVERAL_PARTS)
    body, kind = encode([('a"b', "1\n2")], MULTIPART)
    ours = body.decode().replace(kind.partition("boundary=")[2], theirs.partition("\r\n")[0].removeprefix("--"))
    return found | {"several parts": (ours, theirs)}


def words(world: World) -> Cells:
    """HTML, `innerText`; what stands in controls is compared by hand in the rows' own test."""
    return {
        row: (seen, squeezed(words) in squeezed(shown(world, body, WORDS)))
        for row, (body, words, seen) in VISIBLE.items()
        if "<form>" not in body
    }


FAMILIES = {
    "pages, hostile addresses": addresses,
    "pages, links": links,
    "pages, fields": fields,
    "pages, encodings": encodings,
    "pages, visible words": words,
}
