"""The JSON in a token, as text: read strictly, laid out for people, squeezed for the wire, and harmless to look at.

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
# Controls, what turns the direction of writing, what has no width, halves of pairs, the byte order mark, and tags.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


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
            lines, line = [*lines, line], INDENT * level
        line += letter + (" " if letter == ":" else "")
        level += letter in "{["
        if letter == "," or (letter in "{[" and after not in "}]"):
            lines, line = [*lines, line], INDENT * level
    return "\n".join([*lines, line])


def squeezed_json(text: str) -> str:
    """Return a JSON text without the spaces between its parts, and otherwise letter by letter as it was."""
    return "".join(LETTERS.findall(text))


def plain(text: str) -> str:
    r"""Return a text with what cannot be seen written out, `\u202e`: nothing turns or hides what stands beside it."""
    return HIDDEN.sub(lambda found: escaped(found[0]), text)


def escaped(letter: str) -> str:
    r"""Return a character as JSON writes it out, `\ud83d\ude00` where it takes two halves."""
    return json.dumps(letter)[1:-1] if letter != "\x7f" else r"\u007f"


def cut(text: str, longest: int) -> str:
    """Return a text, shortened in the open."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
