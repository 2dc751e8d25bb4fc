"""What goes into a submission's process of a request, and what comes back: validated, for it may be hostile."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from bson import Int64, ObjectId

from labsrv.grading.submission.answers import RaisedRow

MOST_HEADERS = 64
LARGEST_HEADER = 16 << 10
LARGEST_BODY = 256 << 10
LARGEST_MESSAGE = 1 << 20  # one frame on the pipe
LONGEST = 500
REMARK = "remark: "  # what a line begins with that the process itself remarks on its submission
NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
STATUS = re.compile(r"[2-5]\d\d [\x20-\x7e]{0,100}")
# What the server decides, not an application (PEP 3333, "Other HTTP Features").
HOP_BY_HOP = {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
# A number that grows with each request would tell which check it is.
REVEALING = ("REMOTE_PORT",)


def environ_for(environ: dict[str, Any]) -> dict[str, str]:
    """Return what of a request's environment a submission gets."""
    return {key: value for key, value in environ.items() if isinstance(value, str) and key not in REVEALING}


def well_formed(answer: Any) -> bool:
    """Return whether a submission's answer can be sent on as HTTP."""
    try:
        status, headers, body = answer["status"], answer["headers"], answer["body"]
        return (
            bool(STATUS.fullmatch(status))
            and len(headers) <= MOST_HEADERS
            and all(may_be_sent(name, value) for name, value in headers)
            and isinstance(body, bytes)
        )
    except (KeyError, TypeError, ValueError):
        return False


def may_be_sent(name: str, value: str) -> bool:
    """Return whether a header can be sent on; raises `TypeError` when it is no text."""
    fits = len(name) + len(value) <= LARGEST_HEADER
    return fits and bool(NAME.fullmatch(name) and VALUE.fullmatch(value)) and name.lower() not in HOP_BY_HOP


def too_large(answer: Any) -> bool:
    """Return whether an answer's body is larger than any page: somebody has to read it."""
    body = answer.get("body") if isinstance(answer, dict) else None
    return isinstance(body, bytes) and len(body) > LARGEST_BODY


def raised(answer: Any) -> RaisedRow | None:
    """Return what an answer says was raised, as plain words and a line, or None."""
    if not isinstance(answer, dict) or "raised" not in answer:
        return None

    row = answer["raised"] if isinstance(answer["raised"], dict) else {}
    type_, said, function, where = (
        shown(str(row.get(name) or "")[:LONGEST]) for name in ("type", "said", "function", "where")
    )
    return {"type": type_, "said": said, "function": function, "where": where, "line": number(row.get("line"))}


def shown(text: str) -> str:
    """Return a text that does nothing to a terminal: without control characters but line ends and tabs."""
    return "".join(each if each.isprintable() or each in "\n\t" else "�" for each in text)


PLAIN = (type(None), bool, int, float, str, bytes, datetime)


def is_plain(value: Any) -> bool:
    """Return whether a value is plain: BSON also carries code, patterns and references, which no decision returns."""
    if isinstance(value, list):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(map(is_plain, value.values()))

    return type(value) in PLAIN or isinstance(value, ObjectId | Int64)


def number(value: Any) -> int:
    """Return a line's number, or 0 for what is none."""
    return value if isinstance(value, int) and 0 <= value < 1 << 20 else 0


def lines(value: Any) -> list[int]:
    """Return the lines of (line, name) pairs; one of 0 for whatever else it is."""
    if not isinstance(value, list):
        return [0]

    return [number(each[0]) if isinstance(each, list) and each else 0 for each in value[:LONGEST]]


def at(path: Path, line: int) -> str:
    """Return `file.py, line 12`, or the file alone where the line is not known."""
    return f"{path.name}, line {line}" if line else path.name


def last_line(printed: str, path: Path) -> int:
    """Return the first line of the learner's file that a printed traceback names, or 0."""
    found = re.search(rf'File "{re.escape(str(path))}", line (\d+)', printed)
    return int(found[1]) if found else 0
