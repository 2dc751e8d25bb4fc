"""Right offices of other styles: each keeps to the same permission matrix, and answers in a way of its own."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from labsrv.kit.lessons.asker import App
from labsrv.labs.rbac.offices.office import AS_DECLARED, Style, Wrapper

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]
JSON = [("Content-Type", "application/json")]


def answering(change: Callable[[dict[str, Any], Answer], Answer]) -> Wrapper:
    """Return what wraps a site so that each answer is changed on its way out."""

    def wrap(app: App) -> App:
        def wrapped(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            said: list[Any] = []
            body = b"".join(app(environ, lambda *begun: said.extend(begun)))
            status, headers, body = change(environ, (int(said[0][:3]), said[1], body))
            start(f"{status} Changed", headers)
            return [body]

        return wrapped

    return wrap


def not_found(environ: dict[str, Any], answer: Answer) -> Answer:
    """Say that there is nothing in the place of what somebody may not do."""
    status, headers, body = answer
    return (404, JSON, b'{"detail": "not found"}') if status in (401, 403) else (status, headers, body)


def never_log_in(environ: dict[str, Any], answer: Answer) -> Answer:
    """Say to strangers what is said to others who are refused."""
    status, headers, body = answer
    return (403 if status in (401, 404) else status), headers, body


def pages(environ: dict[str, Any], answer: Answer) -> Answer:
    """Refuse with a page, and say no more of a change than that it was made."""
    status, headers, body = answer
    if status >= 400:
        return status, [("Content-Type", "text/html")], b"<!doctype html><h1>Not for you</h1>"
    if environ["REQUEST_METHOD"] == "PATCH":
        return 204, [], b""
    return status, headers, body


def other_order(environ: dict[str, Any], answer: Answer) -> Answer:
    """Put lists and columns the other way round, and add a field to each object."""
    status, headers, body = answer
    if environ["PATH_INFO"].endswith(".csv") and status == 200:
        return status, headers, columns_turned(body.decode()).encode()
    try:
        said = turned(json.loads(body))
    except ValueError:
        return answer

    # A change is answered as the creation of something is: with another status of those that say yes.
    return (200 if status == 201 else status), JSON, json.dumps(said).encode()


def turned(value: Any) -> Any:
    """Return a value whose lists and objects are in the other order, with a field more in each object."""
    if isinstance(value, list):
        return [turned(each) for each in reversed(value)]
    if isinstance(value, dict):
        return {"currency": "EUR", **{name: turned(value[name]) for name in reversed(value)}}
    return value


def columns_turned(text: str) -> str:
    """Return a table with its columns and rows in another order, and a column more."""
    head, *rows = csv.reader(io.StringIO(text))
    written = io.StringIO()
    csv.writer(written).writerows([*reversed(row), last] for row, last in turned_with([head, *rows]))
    return written.getvalue()


def turned_with(table: list[list[str]]) -> list[tuple[list[str], str]]:
    """Return the rows, from the last on below the head, each with what stands in the column more."""
    return [(table[0], "currency"), *((row, "EUR") for row in reversed(table[1:]))]


RIGHT = (
    AS_DECLARED,
    Style("one that answers 404 to whoever is refused", wrap=answering(not_found)),
    Style("one that answers 403 to whoever is refused", wrap=answering(never_log_in)),
    Style("one that refuses with pages, and says 204 after changes", wrap=answering(pages)),
    Style("one with lists in another order and a field more in each object", wrap=answering(other_order)),
)
