"""What a page holds, held against a real Chromium: the rows of the other tables, read by both."""

from typing import Any

from labsrv.kit.document import squeezed
from labsrv.kit.forms import MULTIPART, encode, urlencoded
from labsrv.kit.urls import BadAddress, resolve
from tests.kit.fake_sites import SHOP, browser, html
from tests.kit.test_browser_forms import ENCODINGS, FIELDS
from tests.kit.test_browser_pages import LINKS, VISIBLE

HERE = SHOP + "/tea/green?x=1#y"
# Addresses that filters of redirects meet
HOSTILE = [
    *("//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "\\\\evil.test", "\\/evil.test", "/\t/evil.test"),
    *("\t//evil.test", " //evil.test", "http:evil.test", "http:/evil.test", "https:evil.test", "https:/\\evil.test"),
    *(
        "http:\\\\evil.test",
        "//evil.test\\@shop.localhost",
        "//shop.localhost@evil.test",
        "//shop.localhost:8000@evil.test",
    ),
    *(
        "//evil.test#@shop.localhost",
        "//evil.test?@shop.localhost",
        "/%2f%2fevil.test",
        "/%5cevil.test",
        "/..//evil.test",
    ),
    *(
        "/.//evil.test",
        "//EVIL.test",
        "//evil%2etest",
        "//evil.test.",
        "//evil%00.test",
        "//ev il.test/../",
        "/%2e%2e/x",
    ),
    *(
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "//",
        "http://",
        "?",
        "#",
    ),
    *(
        "//[::1]:8000/",
        "//[::1/",
        "//evil.test:99999",
        "//evil.test:",
        "//evil.test:x",
        "//user:@evil.test",
        "//@evil.test",
    ),
]


def test_hostile_addresses(chromium_page: Any) -> None:
    """URL Standard: both read the same address, or both refuse it."""
    script = "([base, all]) => all.map(each => { try { return new URL(each, base).href } catch { return null } })"

    theirs = chromium_page.evaluate(script, [HERE, HOSTILE])

    for address, expected in zip(HOSTILE, theirs, strict=True):
        if address == "//ev il.test/../":
            expected = None  # Chromium alone escapes a space in a host; the URL Standard refuses it.
        try:
            assert resolve(HERE, address).rstrip("?#") == (expected or "").rstrip("?#"), address
        except BadAddress:
            assert expected is None, address


def test_links(chromium_page: Any) -> None:
    """HTML, "document base URL"."""
    script = """([here, base, href]) => {
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

    for row, (base, href, expected) in LINKS.items():
        assert chromium_page.evaluate(script, [HERE, base, href]) == expected, row


def test_fields(chromium_page: Any) -> None:
    """HTML, "constructing the entry list"."""
    read = "() => [...new FormData(document.forms[0])].filter(([name, value]) => typeof value == 'string')"

    for row, (inside, _) in FIELDS.items():
        alice, _ = browser({SHOP + "/": html(f"<form>{inside}</form>")})
        form = alice.navigate(SHOP).forms[0]
        ours = [list(entry) for name, value in form.fields.items() for entry in form.entries(name, value)]
        chromium_page.set_content(f"<form>{inside}</form>")
        assert chromium_page.evaluate(read) == ours, row


def test_encodings(chromium_page: Any) -> None:
    """URL Standard, "application/x-www-form-urlencoded serializer"."""
    for row, (entries, _) in ENCODINGS.items():
        if "line breaks" not in row:  # URLSearchParams leaves these to the form.
            theirs = chromium_page.evaluate(
                "all => new URLSearchParams(all).toString()", [list(each) for each in entries]
            )
            assert urlencoded(entries) == theirs, row


def test_multipart(chromium_page: Any) -> None:
    """HTML, "multipart/form-data encoding algorithm"."""
    theirs = chromium_page.evaluate(
        """async () => {
            const data = new FormData()
            data.append('a"b', '1\\n2')
            return await new Response(data).text()
        }"""
    )
    boundary = theirs.partition("\r\n")[0].removeprefix("--")
    body, kind = encode([('a"b', "1\n2")], MULTIPART)

    assert body.decode().replace(kind.partition("boundary=")[2], boundary) == theirs


def test_visible_text(chromium_page: Any) -> None:
    """HTML, `innerText`; what stands in controls is compared by hand in the other table."""
    for row, (body, words, seen) in VISIBLE.items():
        if "<form>" not in body:
            chromium_page.set_content(body)
            theirs = squeezed(chromium_page.evaluate("() => document.body.innerText"))
            assert (squeezed(words) in theirs) is seen, row
