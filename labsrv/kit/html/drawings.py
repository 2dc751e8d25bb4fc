"""How many parts a drawing (SVG) has as an image: one that uses its own parts again and again has more than it says."""

import re
from base64 import b64decode
from html import unescape
from urllib.parse import unquote_to_bytes

# What may show something again: a <use> of something with a <use> in it, a pattern in a pattern, and so on.
AGAIN = re.compile(r"href|url\(", re.IGNORECASE)
ALIKE_ENCODINGS = re.compile(rb"""encoding\s*=\s*["'](?!utf-8|us-ascii|iso-8859-1)""", re.IGNORECASE)
HIDING = re.compile(r"<!entity|\\|<style|<animate|<set\b|data:[^,]*svg", re.IGNORECASE)
SVG_DATA = re.compile(r"data:image/svg[^,]*,", re.IGNORECASE)
UNKNOWN_SIZE = 10**9


def drawing_size(body: bytes) -> int:
    """Return how many parts a drawing may have, where it uses its own parts in the worst way there is."""
    text = unescape(body.decode("utf-8", "replace"))
    if b"\0" in body or ALIKE_ENCODINGS.search(body[:1_000]) or HIDING.search(text):
        # Styles and animations are counted nowhere: only a small drawing has them.
        return UNKNOWN_SIZE if len(text) > 2_000 or "\0" in text or AGAIN.search(text) else text.count("<")

    # With so many uses in all, levels that use the next one three times make the most.
    uses = len(AGAIN.findall(text))
    return min(UNKNOWN_SIZE, round(text.count("<") * 3 ** min(uses / 3, 30)))


def drawing_in(address: str) -> bytes | None:
    """Return the drawing that an address holds itself (RFC 2397), None if it holds none."""
    # As browsers read it, without tabs and line ends.
    address = re.sub(r"[\t\n\r]", "", address.strip())
    found = SVG_DATA.match(address)
    if not found:
        return None

    data = unquote_to_bytes(address[found.end() :])
    try:
        return b64decode(data + b"===") if "base64" in found[0].lower() else data
    except ValueError:
        return b"\0"
