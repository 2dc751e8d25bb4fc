"""What a suite of tests asks a site with: one request as somebody, one reply as plain values.

reply = ask("alice", "PATCH", "/api/pay/7", {"amount": 4100})
reply["status"], reply["json"], reply["text"]        403, {"error": "forbidden"}, '{"error": …'
"""

from typing import Any, NotRequired, Protocol, TypedDict


class Reply(TypedDict):
    """A site's answer. `json` is None where the body is no JSON."""

    status: int
    json: Any
    text: str


class Ask(Protocol):
    """Asks a site as somebody, each time with a request of its own."""

    def __call__(self, actor: str, verb: str, path: str, body: Any = None) -> Reply:
        """Return the reply to `verb path` with a body as JSON; raises `ValueError` for what can't be asked."""


class Row(TypedDict):
    """One cell of a permission matrix: whether this actor may do this. `body` goes with it, where it has one."""

    actor: str
    verb: str
    path: str
    allowed: bool
    body: NotRequired[Any]
