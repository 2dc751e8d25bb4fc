"""Parts of a drawing are counted as often as it may show them."""

import base64

import pytest

from labsrv.kit.html.drawings import UNKNOWN_SIZE, drawing_in, drawing_size

PATH = "<path d='M0 0'/>"
# name: (drawing, whether it is small)
DRAWINGS = {
    "paths": (f"<svg>{PATH * 100}</svg>", True),
    "a path used twice": (f"<svg>{PATH}<use href='#a'/><use href='#a'/></svg>", True),
    "paths used thirty times": ("<svg>" + PATH + "<use href='#a'/>" * 30 + "</svg>", False),
    "patterns in patterns": ("<svg>" + "<pattern><path fill='url(#a)'/></pattern>" * 40 + "</svg>", False),
    "entities": ("<!DOCTYPE svg [<!ENTITY a 'x'>]><svg>&a;<a href=''/></svg>", False),
    "uses in an entity": (f"<svg>{PATH}{'<use xlink:hre&#102;=x fill=url&#40;a)>' * 30}</svg>", False),
    "UTF-16": (f"<svg>{PATH}</svg>".encode("utf-16").decode("latin-1"), False),
    "another drawing in it": (f"<svg><image href='data:image/svg+xml,{PATH}'/></svg>", False),
    "a small style": (f"<svg><style>path {{ fill: red }}</style>{PATH}</svg>", True),
    "a large style": (f"<svg><style>{'path { fill: red }' * 500}</style>{PATH}</svg>", False),
}


@pytest.mark.parametrize(("drawing", "small"), DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_has_a_size(drawing, small):
    assert (drawing_size(drawing.encode("latin-1")) <= 5_000) is small


def test_a_drawing_in_an_address_is_found():
    encoded = base64.b64encode(b"<svg/>").decode().rstrip("=")

    assert drawing_in("data:image/svg+xml,%3Csvg/%3E") == b"<svg/>"
    assert drawing_in(f" DATA:image/s\nvg+xml;base64,{encoded}") == b"<svg/>"
    assert drawing_in("data:image/png,x") is drawing_in("/tea.svg") is None
    assert drawing_size(drawing_in("data:image/svg+xml;base64,A") or b"") in (0, UNKNOWN_SIZE)
