"""Plain, readable views of the kit's data, in a notebook and in a terminal.

    show.exchange(lab.alice.page.exchange)      one request and its answer
    show.traffic(lab.traffic, last=5)           the last exchanges, a line each
    show.cookies(lab.alice)                     a browser's cookies, attribute by attribute
    show.sent(lab.alice.page.exchange)          which cookies went along, and why
    show.rows(lab.db.sessions)                  what the store holds
    show.code(function), show.side_by_side(secure, flawed)

Data is never read as markup: whatever a visitor sent is shown as the characters it is.
"""

import difflib
import inspect
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.jupyter import JupyterMixin
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from labsrv.kit.browser import Browser
from labsrv.kit.cookies import Cookie
from labsrv.kit.store import Collection
from labsrv.kit.traffic import Exchange

LONGEST = 60
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


class View(JupyterMixin):
    """Some things to look at, one below the other."""

    def __init__(self, *parts: RenderableType):
        self.parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.parts

    def __repr__(self) -> str:
        console = Console(width=110, color_system=None)
        with console.capture() as capture:
            console.print(self)
        return capture.get()


def exchange(exchange: Exchange, *, all_headers: bool = False) -> View:
    """Show one request and its answer; the usual headers only on demand."""
    return View(
        Text(f"{exchange.who} → {exchange.site}", style="bold"),
        Text(f"{exchange.method} {exchange.url}"),
        headers(exchange.request_headers, all_headers),
        Text(cut(exchange.request_body.decode("utf-8", "replace"), 400), style="cyan"),
        Text(f"{exchange.site} → {exchange.who}", style="bold"),
        Text(str(exchange.status)),
        headers(exchange.response_headers, all_headers),
        Text(excerpt(exchange), style="cyan"),
    )


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


def traffic(exchanges: Iterable[Exchange], last: int = 10) -> Table:
    """Show the last exchanges, a line each."""
    table = grid("", "Who", "Request", "Answer", "Cookies set")
    for each in list(exchanges)[-last:]:
        request = Text(f"{each.method} {shorter(each.url)}")
        going = each.response_header("Location")
        answer = Text(f"{each.status}{' → ' + shorter(going) if going else ''}")
        table.add_row(str(each.number), Text(each.who), request, answer, Text(names_set(each)))
    return table


def names_set(exchange: Exchange) -> str:
    """Return the names of the cookies that an answer set."""
    return ", ".join(value.split("=")[0] for name, value in exchange.response_headers if name.lower() == "set-cookie")


def cookies(browser: Browser) -> Table:
    """Show a browser's cookies, attribute by attribute."""
    table = grid("Cookie", "Value", "For", "Secure", "HttpOnly", "SameSite", "Until")
    for each in browser.jar.all():
        where = f"{each.domain}{each.path}" + ("" if each.host_only else " and its subdomains")
        same_site = "not given (Lax)" if each.same_site == "Default" else each.same_site
        words = (each.name, cut(each.value), where, yes(each.secure), yes(each.http_only), same_site, until(each))
        table.add_row(*(Text(word) for word in words))
    return table


def sent(exchange: Exchange) -> Table:
    """Show which cookies went along with a request, which did not, and why."""
    table = grid("Cookie", "", "Reason")
    for each in exchange.cookies_sent:
        table.add_row(Text(each.cookie.name), "sent" if each.sent else "withheld", Text(each.reason))
    for stored in exchange.cookies_set:
        name = stored.cookie.name if stored.cookie else "–"
        table.add_row(Text(name), "stored" if stored.stored else "refused", Text(stored.reason))
    return table


def rows(collection: Collection) -> Table:
    """Show what a collection holds, a column for each field."""
    found = collection.find({})
    fields = list(dict.fromkeys(name for row in found for name in row))
    table = grid(*(fields or ["(empty)"]))
    for row in found:
        table.add_row(*(Text(value(row.get(name, ""))) for name in fields))
    return table


def code(function: Callable[..., Any]) -> Syntax:
    """Show a function's source."""
    return highlighted(inspect.getsource(inspect.unwrap(function)))


def side_by_side(secure: Callable[..., Any], flawed: Callable[..., Any]) -> Table:
    """Show a secure and a flawed function beside each other; lines that only one of them has are marked."""
    left, right = (inspect.getsource(each).splitlines() for each in (secure, flawed))
    right = [line for line in right if not line.startswith("@flaw")]
    table = Table(box=None, padding=(0, 2), expand=True)
    table.add_column(f"secure: {secure.__name__}", ratio=1)
    table.add_column(f"flawed: {flawed.__name__}", ratio=1)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right).get_opcodes():
        same = kind == "equal"
        for offset in range(max(b - a, d - c)):
            table.add_row(half(left, a + offset, b, same, "green"), half(right, c + offset, d, same, "red"))
    return table


def half(lines: list[str], index: int, end: int, same: bool, colour: str) -> Text:
    """Return one side's line of a comparison; marked by a sign as well as by colour."""
    if index >= end:
        return Text("")

    return Text(f"  {lines[index]}") if same else Text(f"▌ {lines[index]}", style=colour)


def highlighted(source: str) -> Syntax:
    """Return Python source in colours that read on light and on dark ground."""
    return Syntax(source, "python", theme="ansi_dark", background_color="default", word_wrap=True)


def grid(*columns: str) -> Table:
    """Return a quiet table."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def yes(fact: bool) -> str:
    return "yes" if fact else "no"


def until(cookie: Cookie) -> str:
    """Say how long the browser keeps a cookie."""
    if cookie.expires is None:
        return "the browser closes"
    return datetime.fromtimestamp(cookie.expires).strftime("%d %b %H:%M")


def value(given: Any) -> str:
    """Return a field as short text."""
    return given.strftime("%d %b %H:%M:%S") if isinstance(given, datetime) else cut(str(given), 24)


def cut(text: str, longest: int = LONGEST) -> str:
    """Return the text, shortened in the open."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def shorter(url: str) -> str:
    """Return an address without what is the same everywhere."""
    return cut(url.removeprefix("http://"), 72)
