"""Text that others wrote, made fit to be shown: harmless to look at, and of a length."""

import json
import re

# Controls, what turns the direction of writing, what has no width, halves of pairs, the byte order mark, and tags.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


def plain(text: str) -> str:
    r"""Return a text with what cannot be seen written out, `\u202e`: nothing turns or hides what stands beside it."""
    return HIDDEN.sub(lambda found: escaped(found[0]), text)


def escaped(letter: str) -> str:
    r"""Return a character as JSON writes it out, `\ud83d\ude00` where it takes two halves."""
    return json.dumps(letter)[1:-1] if letter != "\x7f" else r"\u007f"


def cut(text: str, longest: int) -> str:
    """Return a text, shortened in the open."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def cut_in_the_middle(text: str, longest: int) -> str:
    """Return a text whose beginning and end say most, with how much is left out between them."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}\n… {len(text) - 2 * half:,} characters …\n{text[-half:]}"
