"""Plain, readable views of the kit's data, in a notebook and in a terminal.

    show.exchange(lab.alice.page.exchange)      one request and its answer
    show.traffic(lab.traffic, last=5)           the last exchanges, a line each
    show.cookies(lab.alice)                     a browser's cookies, attribute by attribute
    show.sent(lab.alice.page.exchange)          which cookies went along, and why
    show.rows(lab.db.sessions)                  what the store holds
    show.code(function), show.side_by_side(secure, flawed)

Data is never read as markup: whatever a visitor sent is shown as the characters it is.
"""

import ast
import difflib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from labsrv.kit.browser.browser import Browser
from labsrv.kit.cookies.jar import Cookie
from labsrv.kit.cookies.parsing import cookie_name
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.shown import WIDTH, Shown, as_text
from labsrv.kit.store import Collection
from labsrv.kit.text import cut
from labsrv.widgets.text import NAMELESS, set_cookies

HALF = WIDTH // 2 - 3
BODY_LINES = 12
USUAL = {
    "host",
    "accept",
    "user-agent",
    "connection",
    "server",
    "date",
    "content-length",
    "sec-fetch-dest",
    "sec-fetch-user",
}


class Printed(Shown):
    """Some things to look at, one below the other."""

    def __init__(self, *parts: RenderableType):
        self.parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.parts

    def __repr__(self) -> str:
        return as_text(self)


def exchange(exchange: Exchange, *, all_headers: bool = False) -> Printed:
    """Show one request and its answer; the usual headers only on demand."""
    sent = exchange.request_body.decode("utf-8", "replace")
    parts = [
        Text(f"{exchange.who} → {exchange.site}", style="bold"),
        Text(f"  {exchange.method} {exchange.url}"),
        headers(exchange.request_headers, all_headers),
        Text(f"  {cut(sent, 400)}" if sent else "", style="cyan"),
        Text(f"\n{exchange.site} → {exchange.who}", style="bold"),
        Text(f"  {exchange.status}"),
        headers(exchange.response_headers, all_headers),
        Text(excerpt(exchange), style="cyan"),
    ]
    return Printed(*(part for part in parts if part.plain))


def headers(pairs: Iterable[tuple[str, str]], everything: bool) -> Text:
    """Return headers, a line each."""
    lines = [f"  {name}: {value}" for name, value in pairs if everything or name.lower() not in USUAL]
    return Text("\n".join(lines), style="dim")


def excerpt(exchange: Exchange) -> str:
    """Return the first lines of a body that is text."""
    if not (exchange.response_header("Content-Type") or "").startswith(("text/plain", "application/json")):
        return f"  ({len(exchange.response_body):,} bytes of {exchange.response_header('Content-Type') or 'nothing'})"

    lines = exchange.response_body.decode("utf-8", "replace").splitlines()
    return "\n".join(f"  {line}" for line in lines[:BODY_LINES])


def traffic(exchanges: Iterable[Exchange], last: int = 10) -> Printed:
    """Show the last exchanges, a line each."""
    table = grid("", "Who", "Request", "Answer", "Cookies set")
    for each in list(exchanges)[-last:]:
        request = Text(f"{each.method} {shorter(each.url)}")
        going = each.response_header("Location")
        answer = Text(f"{each.status}{' → ' + shorter(going) if going else ''}")
        table.add_row(str(each.number), Text(each.who), request, answer, Text(names_set(each)))
    return Printed(table)


def names_set(exchange: Exchange) -> str:
    """Return the names of the cookies that an answer set."""
    return ", ".join(cookie_name(each) or NAMELESS for each in set_cookies(exchange))


def cookies(browser: Browser) -> Printed:
    """Show a browser's cookies, attribute by attribute."""
    table = grid("Cookie", "Value", "For", "Secure", "HttpOnly", "SameSite", "Until")
    for each in browser.jar.all():
        where = f"{each.domain}{each.path}" + ("" if each.host_only else " and its subdomains")
        same_site = "(none)" if each.same_site == "Default" else each.same_site
        words = (
            each.name or NAMELESS,
            cut(each.value, 24),
            where,
            yes(each.secure),
            yes(each.http_only),
            same_site,
            until(each),
        )
        table.add_row(*(Text(word) for word in words))
    return Printed(table)


def sent(exchange: Exchange) -> Printed:
    """Show which cookies went along with a request, which did not, and why; and what became of those in the answer."""
    table = grid("Cookie", "What the browser did with it")
    for each in exchange.cookies_sent:
        table.add_row(Text(each.cookie.name or NAMELESS), Text(each.reason))
    for stored in exchange.cookies_set:
        table.add_row(Text((stored.cookie.name or NAMELESS) if stored.cookie else "–"), Text(stored.reason))
    return Printed(table if table.row_count else Text("No cookie of this host, and none in the answer.", style="dim"))


def rows(collection: Collection) -> Printed:
    """Show what a collection holds, a column for each field."""
    return table_of(collection.find({}))


def table_of(found: list[dict[str, Any]]) -> Printed:
    """Show some rows, a column for each field."""
    fields = list(dict.fromkeys(name for row in found for name in row))
    table = grid(*(fields or ["(empty)"]))
    for row in found:
        table.add_row(*(Text(value(row.get(name, ""))) for name in fields))
    return Printed(table)


def code(function: Callable[..., Any]) -> Printed:
    """Show a function's source."""
    return Printed(highlight(inspect.getsource(inspect.unwrap(function))))


def side_by_side(secure: Callable[..., Any], flawed: Callable[..., Any]) -> Printed:
    """Show a secure and a flawed function beside each other; lines that only one of them has are marked.

    Decorators and docstrings are left out, and both are shown under the secure one's name.
    """
    left, right = body(secure), body(flawed)
    right[0] = right[0].replace(f"def {flawed.__name__}(", f"def {secure.__name__}(")
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    for title in (f"secure: {secure.__name__}", f"flawed: {flawed.__name__}"):
        table.add_column(title, width=HALF + 2, no_wrap=True)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        same = kind == "equal"
        for offset in range(max(b - a, d - c)):
            table.add_row(half(left, a + offset, b, same, "green"), half(right, c + offset, d, same, "red"))
    return Printed(table)


def body(function: Callable[..., Any]) -> list[str]:
    """Return the lines of a function without its decorators and its docstring, which would never be equal."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function)))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    lines = textwrap.dedent(inspect.getsource(inspect.unwrap(function))).splitlines()
    documented = ast.get_docstring(tree) is not None
    first = tree.body[0].end_lineno if documented else tree.body[0].lineno - 1
    return lines[tree.lineno - 1 : tree.body[0].lineno - 1] + (lines[first:] or ["    pass"])


def half(lines: list[str], index: int, end: int, same: bool, colour: str) -> Text:
    """Return one side's line of a comparison; marked by a sign as well as by colour."""
    if index >= end:
        return Text("")

    mark = "  " if same else "▌ "
    return Text("\n".join(mark + part for part in fold(lines[index])), style="" if same else colour)


def fold(line: str) -> list[str]:
    """Return a line of code in parts that fit, broken after commas if that will do, the later ones indented further."""
    indent = " " * (len(line) - len(line.lstrip()) + 8)
    kept_together = re.sub(r"(?<=[^,\s]) ", "\0", line)
    for text in (kept_together, line):
        parts = textwrap.wrap(text, HALF, subsequent_indent=indent, break_long_words=text is line) or [""]
        if max(map(len, parts)) <= HALF:
            break
    return [part.replace("\0", " ") for part in parts]


def highlight(source: str) -> Syntax:
    """Return Python source in colours that read on light and on dark ground."""
    return Syntax(source, "python", theme="ansi_light", background_color="default", word_wrap=True)


def grid(*columns: str) -> Table:
    """Return a quiet table."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def yes(fact: bool) -> str:
    return "yes" if fact else "no"


def until(cookie: Cookie) -> str:
    """Return how long the browser keeps a cookie."""
    if cookie.expires is None:
        return "the browser closes"
    return datetime.fromtimestamp(cookie.expires, UTC).strftime("%d %b %H:%M")


def value(given: Any) -> str:
    """Return a field as short text."""
    return given.strftime("%d %b %H:%M:%S") if isinstance(given, datetime) else cut(str(given), 24)


def shorter(url: str) -> str:
    """Return an address without what is the same everywhere."""
    return cut(url.removeprefix("http://"), 72)
