"""A page as a person meets it: words, links, forms. Nothing on it is ever executed.

Script, `<meta http-equiv=refresh>` and whatever else would act by itself lies still; images and frames are loaded when
`Browser.load_image` and `Browser.load_frame` are asked to.
"""

import codecs
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header

from labsrv.kit.addresses.urls import BadAddress, origin_of, resolve, without_fragment
from labsrv.kit.fetch.errand import Errand, Source
from labsrv.kit.fetch.frames import FramedSource
from labsrv.kit.fetch.referrer import DEFAULT, POLICIES, policy_of
from labsrv.kit.html.document import Document, read_document, squeezed
from labsrv.kit.html.forms import Button, Form
from labsrv.kit.http.traffic import Exchange

CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
ENCODINGS = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|cp866|cp874|koi8-[ru]|mac-roman|mac-cyrillic|gb2312|gbk|gb18030|big5|big5hkscs"
    r"|euc_jp|iso2022_jp|shift_jis|cp932|euc_kr|cp949|utf-16(?:-[lb]e)?"
)


@dataclass(frozen=True)
class Link:
    """A link on a page: its words, its absolute address, and what it says about Referer."""

    text: str
    url: str
    href: str = field(default="", repr=False)
    policy: str | None = field(default=None, repr=False)


class Page:
    """What a navigation ended on. `exchanges` has every hop of the way, the last one is `exchange`."""

    def __init__(self, url: str, status: int, headers: Headers, body: bytes, exchanges: list[Exchange], errand: Errand):
        self.url = url
        self.status = status
        self.headers = headers
        self.body = body
        self.exchanges = exchanges
        self.errand = errand

    @property
    def exchange(self) -> Exchange:
        """Return the exchange that brought this page."""
        return self.exchanges[-1]

    @property
    def origin(self) -> str:
        """Return the page's origin: scheme, host and port."""
        return origin_of(self.url)

    @cached_property
    def text(self) -> str:
        """Return the answer's body as text."""
        return decode_text(self.body, self.headers.get("Content-Type", ""))

    def json(self) -> Any:
        """Return what the body's JSON says."""
        return json.loads(self.text)

    @property
    def is_html(self) -> bool:
        """Return whether the answer is a document with tags."""
        return parse_options_header(self.headers.get("Content-Type"))[0] in ("text/html", "application/xhtml+xml")

    @cached_property
    def document(self) -> Document:
        """Return the page taken apart."""
        return read_document(self.text) if self.is_html else Document(visible=squeezed(self.text))

    @property
    def title(self) -> str:
        """Return the page's title."""
        return self.document.title

    def sees(self, text: str) -> bool:
        """Return whether a person who looks at the page reads this."""
        return squeezed(text) in self.document.visible

    @cached_property
    def base(self) -> str:
        """Return the address that the page's links are relative to (HTML, "document base URL")."""
        return self.absolute(self.document.base, self.url) if self.document.base else self.url

    @cached_property
    def links(self) -> list[Link]:
        """Return the links, in the order of the page."""
        return [
            Link(each.text, self.absolute(each.href, self.base), each.href, each.policy) for each in self.document.links
        ]

    @cached_property
    def forms(self) -> list[Form]:
        """Return the forms, their actions absolute."""
        return [self.own(form) for form in self.document.forms]

    def link(self, words: str) -> Link | None:
        """Return the link with these words, this address as written, or this absolute address."""
        wanted = squeezed(words)
        exact = [each for each in self.links if words in (each.href, each.url) or wanted == each.text]
        return next(iter(exact + [each for each in self.links if wanted and wanted in each.text]), None)

    def form_to(self, action: str) -> Form | None:
        """Return the first form that sends to this address."""
        return next((form for form in self.forms if without_fragment(form.action) == without_fragment(action)), None)

    @property
    def policy(self) -> str:
        """Return the page's referrer policy: its meta element's, its header's, or the usual one."""
        said = policy_of(self.headers.get("Referrer-Policy"), DEFAULT)
        return self.document.policy if self.document.policy in POLICIES else said

    def own(self, form: Form) -> Form:
        """Return the form with this page's addresses; without an action it sends to the page itself."""
        form.page = self
        form.action = self.absolute(form.action, self.base) if form.action else self.url
        form.buttons = [self.own_button(button) for button in form.buttons]
        return form

    def own_button(self, button: Button) -> Button:
        """Return the button with an absolute action, if it has one."""
        button.action = self.absolute(button.action, self.base) if button.action else None
        return button

    def absolute(self, address: str, base: str) -> str:
        """Return the absolute address, or the text as it is where nobody can open it."""
        try:
            return resolve(base, address)
        except BadAddress:
            return address

    def __repr__(self) -> str:
        title = f' "{self.title}"' if self.title else ""
        return f"<Page {self.status} {self.url}{title}>"


def decode_text(body: bytes, content_type: str) -> str:
    """Return the text of a body by its charset, or the charset it names itself, or UTF-8."""
    kind, options = parse_options_header(content_type)
    inside = CHARSET.search(body[:1024]) if kind == "text/html" else None
    charset = options.get("charset") or (inside[1].decode() if inside else "utf-8")
    return body.decode(encoding_of(charset), "replace")


def encoding_of(label: str) -> str:
    """Return the name of an encoding of the web (Encoding Standard), UTF-8 for others: Python knows stranger ones."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # a label with a NUL in it
        return "utf-8"

    return name if ENCODINGS.fullmatch(name) else "utf-8"


def source_of(page: Page) -> Source:
    """Return a page as the place that a request comes from, with the pages around it."""
    if page.errand.destination == "iframe":
        return FramedSource(page.url, page.policy, page.errand.source)

    return Source(page.url, page.policy)
