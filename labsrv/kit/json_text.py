"""JSON as text, such as that in a token: read strictly, laid out for people, and squeezed for the wire.

What a person edits has to come back as they wrote it. So text is laid out and squeezed letter by letter: the order of
members, members named twice, and the spelling of numbers stay as they are, which `json.loads` would lose.
"""

import json
import re
from collections import Counter
from typing import Any, NoReturn

# Levels of brackets in brackets: no honest token comes near, and every reader gives up somewhere.
DEEPEST = 32
INDENT = "  "
LETTERS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|"', re.DOTALL)


class BadJson(ValueError):
    """This is no JSON that two readers would agree on; the message says why."""


class Members:
    """Builds the objects of a JSON text, and notes the names that one of them has twice."""

    def __init__(self) -> None:
        self.twice: list[str] = []

    def together(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object; of members with one name the last counts, as in most readers (RFC 8259, 4)."""
        self.twice += [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
        return dict(pairs)


def read_json(text: str) -> tuple[Any, list[str]]:
    """Return what a JSON text says, and the names that one of its objects has twice; raise `BadJson`."""
    members = Members()
    if depth(text) > DEEPEST:
        raise BadJson(f"it has brackets in brackets, more than {DEEPEST} deep")

    try:
        said = json.loads(text, object_pairs_hook=members.together, parse_constant=no_constant)
    except BadJson:
        raise
    except json.JSONDecodeError as error:
        raise BadJson(f"{error.msg} (line {error.lineno}, column {error.colno})") from None
    except (ValueError, RecursionError):
        # Python reads no whole number of more than some thousand digits.
        raise BadJson("it has a number that no reader takes") from None
    return said, members.twice


def no_constant(name: str) -> NoReturn:
    """Refuse what Python reads and JSON does not have: NaN, Infinity, -Infinity (RFC 8259, 6)."""
    raise BadJson(f"{name} is no number in JSON")


def depth(text: str) -> int:
    """Return how deep the brackets of a text go, those in strings left out."""
    deepest = now = 0
    for letter in LETTERS.findall(text):
        now += (letter in "{[") - (letter in "}]")
        deepest = max(deepest, now)
    return deepest


def laid_out(text: str) -> str:
    """Return a JSON text with a member on each line, and otherwise letter by letter as it was."""
    lines: list[str] = []
    line, level = "", 0
    letters = LETTERS.findall(text)
    for letter, after in zip(letters, [*letters[1:], ""], strict=True):
        level -= letter in "}]"
        if letter in "}]" and not line.endswith(("{", "[")):
            lines.append(line)
            line = INDENT * level
        line += letter + (" " if letter == ":" else "")
        level += letter in "{["
        if letter == "," or (letter in "{[" and after not in "}]"):
            lines.append(line)
            line = INDENT * level
    return "\n".join([*lines, line])


def squeezed_json(text: str) -> str:
    """Return a JSON text without the spaces between its parts, and otherwise letter by letter as it was."""
    return "".join(LETTERS.findall(text))
