"""A chart's picture, as it is written."""

import base64


def drawn(picture):
    """Return an SVG picture's source."""
    head, _, body = picture.partition(",")
    assert head == "data:image/svg+xml;base64"
    return base64.b64decode(body).decode()
