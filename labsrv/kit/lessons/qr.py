"""QR codes as inline SVG: real ones, for any phone's camera. Nothing is fetched, and no image is made.

qr_svg(otpauth.uri)         in a template: {{ qr_svg(uri) }}
read_qr(page.text)          what a camera in front of that page would read
"""

import re
from html import unescape
from itertools import islice

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around it (ISO/IEC 18004, 5.3.8)
PIXELS = 5  # per module
DRAWN = re.compile(r'<svg class="qr" [^<>]*data-qr="([^"<>]*)"[^<>]*>(.*?)</svg>', re.DOTALL)
MOST = 10
LONGEST = 1_000  # characters: what a camera reads off a screen


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
    found = [(unescape(match[1]), match[2]) for match in islice(DRAWN.finditer(html), MOST)]
    return [text for text, drawn in found if len(text) <= LONGEST and drawn == drawing(text)]
