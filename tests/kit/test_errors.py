"""Errors that are said in a sentence are that sentence in a notebook; and the tree of all exceptions is whole."""

import importlib
import re
from pathlib import Path

import pytest

from labsrv.kit import errors
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.http.server import PortTaken
from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.store import StoreUnavailable

ROOT = Path(__file__).resolve().parents[2]
CLASS = re.compile(r"^class (\w+)\(", re.MULTILINE)
# "    BadKey      labsrv/kit/tokens/keys.py": how far it is indented, its name, its file.
LINE = re.compile(r"^( *)(\w+)(?: +(labsrv/\S+\.py| built in: .*)(?:  .*)?)?$", re.MULTILINE)


def there_are():
    """Return (exception, file) of every class of labsrv that can be raised."""
    for path in sorted((ROOT / "labsrv").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        if names := CLASS.findall(path.read_text(encoding="utf-8")):
            module = importlib.import_module(file.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
            found = [getattr(module, name) for name in names]
            yield from ((each, file) for each in found if issubclass(each, BaseException))


def the_tree_has():
    """Return the file and the nearest name above of each name in the tree."""
    found, above = {}, {}
    for indent, name, file in LINE.findall(errors.__doc__):
        above = {depth: each for depth, each in above.items() if depth < len(indent)}
        if file.startswith("labsrv/"):
            found[name] = (file, list(above.values())[-1])
        above[len(indent)] = name
    return found


@pytest.mark.parametrize("kind", [SaidPlainly, PortTaken, StoreUnavailable, Undelivered])
def test_a_notebook_shows_the_sentence_and_no_traceback(kind):
    with pytest.raises(SaidPlainly) as raised:
        raise kind("Port 40123 is taken.")

    assert raised.value._render_traceback_() == ["Port 40123 is taken."]


def test_every_exception_is_in_the_tree_below_what_it_is():
    expected = {each.__name__: (file, each.__bases__[0].__name__) for each, file in there_are()}

    assert len(expected) > 20
    assert the_tree_has() == expected
