"""The three searches, page by page (AuthZEN 8). A page's token is signed, and belongs to one search."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from labsrv.kit.access.questions import Action, BadQuestion, Entity, Question, an_object, properties, text

MOST_RESULTS = 1_000  # in one answer
ANYBODY = "*"  # the id of what is searched for; no rule ever sees it

Find = Callable[[Question], list[dict[str, Any]]]


@dataclass(frozen=True)
class SearchPage:
    """What part of the results to return: from where, and how many at the most."""

    start: int
    limit: int
    asked: bool  # whether the request spoke of pages at all


def question_of(said: dict[str, Any], searched: str) -> Question:
    """Return the question of a search: the one that is searched for has a type, and its id is not looked at."""
    subject = said.get("subject")
    resource = said.get("resource")
    return Question(
        kind_of(subject, "subject") if searched == "subject" else Entity.from_json(subject, "subject"),
        Action(ANYBODY) if searched == "action" else Action.from_json(said.get("action")),
        kind_of(resource, "resource") if searched == "resource" else Entity.from_json(resource, "resource"),
        an_object(said.get("context", {}), "context"),
    )


def kind_of(said: Any, where: str) -> Entity:
    """Return an entity of which only type and properties count (8.4.1, 8.5.1)."""
    members = an_object(said, where)
    return Entity(text(members, "type", where), ANYBODY, properties(members, where))


def search(said: dict[str, Any], searched: str, find: Find, key: bytes) -> dict[str, Any]:
    """Return one page of what a search finds, or raise `BadQuestion`."""
    question = question_of(said, searched)
    page = page_of(said, searched, key)

    found = find(question)
    results = found[page.start : page.start + page.limit]
    after = page.start + len(results)
    if not page.asked and after == len(found):
        return {"results": results}

    token = token_of(said, searched, after, page.limit, key) if after < len(found) else ""
    return {"page": {"next_token": token, "count": len(results), "total": len(found)}, "results": results}


def page_of(said: dict[str, Any], searched: str, key: bytes) -> SearchPage:
    """Return what part of the results a request is about; raise `BadQuestion` for a token of another search."""
    page = an_object(said.get("page", {}), "page")
    an_object(page.get("properties", {}), "page.properties")
    limit, token = page.get("limit"), page.get("token", "")
    if limit is not None and (type(limit) is not int or limit < 0):
        raise BadQuestion("page.limit has to be a whole number, and not less than 0.")
    if not isinstance(token, str):
        raise BadQuestion("page.token has to be a text: the next_token of the page before.")
    if not token:
        return SearchPage(0, MOST_RESULTS if limit is None else min(limit, MOST_RESULTS), "page" in said)

    start, first_limit = opened(token, said, searched, key)
    if limit is None or min(limit, MOST_RESULTS) == first_limit:
        return SearchPage(start, first_limit, True)

    raise BadQuestion("page.limit is another than on the page before: begin again without the token.")


def token_of(said: dict[str, Any], searched: str, start: int, limit: int, key: bytes) -> str:
    """Return a token that says where to go on, and that nobody can make or take to another search (8.2)."""
    place = json.dumps([start, limit]).encode()
    return base64.urlsafe_b64encode(place + b"." + signature(said, searched, place, key)).decode()


def opened(token: str, said: dict[str, Any], searched: str, key: bytes) -> tuple[int, int]:
    """Return where a token says to go on, and the limit; raise `BadQuestion` for one that is not of this search."""
    try:
        place, _, signed = base64.b64decode(token, altchars=b"-_", validate=True).partition(b".")
    except ValueError:
        place, signed = b"", b""
    if place and hmac.compare_digest(signature(said, searched, place, key), signed):
        start, limit = json.loads(place)
        return start, limit

    raise BadQuestion("page.token is no token of this search: send what the page before was asked for, unchanged.")


def signature(said: dict[str, Any], searched: str, place: bytes, key: bytes) -> bytes:
    """Return the signature over a place and the search that it belongs to."""
    asked = {name: said.get(name) for name in ("subject", "action", "resource", "context")}
    asked |= {"properties": an_object(said.get("page", {}), "page").get("properties")}
    about = json.dumps([searched, asked], sort_keys=True).encode()
    return hmac.digest(key, place + b"\n" + about, hashlib.sha256)[:16].hex().encode()
