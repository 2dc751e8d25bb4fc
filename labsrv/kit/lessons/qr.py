"""QR codes as inline SVG: real ones, for any phone's camera. Nothing is fetched, and no image is made.

qr_svg(otpauth.uri)         in a template: {{ qr_svg(uri) }}
read_qr(page.text)          what a camera in front of that page would read
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

import segno
from markupsafe import Markup

from labsrv.kit.html.tree import End, Part, Start, TooMuchMarkup, read_tree

QUIET = 4  # modules of white around it (ISO/IEC 18004, 5.3.8)
PIXELS = 5  # per module
MOST = 10
LONGEST = 1_000  # characters: what a camera reads off a screen

Shape = tuple[str, dict[str, str]]


def qr_svg(text: str, *, label: str = "QR code") -> Markup:
    """Return a QR code as markup. Whoever can see the page can read it, secret and all."""
    size = len(modules(text)) + 2 * QUIET
    pixels = size * PIXELS
    # Black on white in every theme: cameras stumble over the reverse.
    head = Markup(
        '<svg class="qr" role="img" aria-label="{}" data-qr="{}" viewBox="0 0 {} {}" width="{}" height="{}"'
        ' shape-rendering="crispEdges">'
    ).format(label, text, size, size, pixels, pixels)
    return head + drawing(text) + Markup("</svg>")


def drawing(text: str) -> Markup:
    """Return what stands within the `<svg>`: a white ground, and one path of the dark modules."""
    rows = modules(text)
    size = len(rows) + 2 * QUIET
    runs = [run for y, row in enumerate(rows) for run in dark_runs(row, y)]
    return Markup('<rect width="{}" height="{}" fill="#fff"/><path fill="#000" d="{}"/>').format(
        size, size, "".join(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z" for x, y, length in runs)
    )


def modules(text: str) -> list[bytearray]:
    """Return the rows of a QR code, 1 for dark. Raises `ValueError` for what is too long."""
    if len(text) > LONGEST:
        raise ValueError(f"A QR code holds at most {LONGEST:,} characters here.")
    return list(segno.make_qr(text, error="m", boost_error=False).matrix)


def dark_runs(row: bytearray, y: int) -> list[tuple[int, int, int]]:
    """Return (x, y, length) of the dark stretches in a row."""
    return [(match.start(), y, len(match[0])) for match in re.finditer(rb"\x01+", bytes(row))]


def read_qr(html: str) -> list[str]:
    """Return what the QR codes on a page say; one whose drawing says something else than its words is left out."""
    try:
        tree = read_tree(html)
    except TooMuchMarkup:
        return []
    found = list(islice(drawings(tree), MOST))
    return [text for text, drawn in found if 0 < len(text) <= LONGEST and drawn == drawn_for(text)]


def drawings(tree: Iterable[Part]) -> Iterator[tuple[str, list[Shape]]]:
    """Yield what each QR code says that it says, and the shapes that are drawn there."""
    text, shapes, depth = "", [], 0
    for part in tree:
        if isinstance(part, Start) and part.drawn:
            if depth:
                shapes.append((part.name, part.said))
            elif part.name == "svg" and "qr" in part.said.get("class", "").split():
                text, shapes = part.said.get("data-qr", ""), []
            else:
                continue
            depth += 1
        elif isinstance(part, End) and part.drawn and depth:
            depth -= 1
            if not depth:
                yield text, shapes


@lru_cache(maxsize=64)
def drawn_for(text: str) -> list[Shape]:
    """Return the shapes that a text's QR code has."""
    return next(shapes for _, shapes in drawings(read_tree(f"<svg class=qr>{drawing(text)}</svg>")))
