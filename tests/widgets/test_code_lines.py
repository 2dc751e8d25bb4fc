"""Lines of Python in pieces, and without what two functions never agree on."""

import textwrap

import pytest

from labsrv.widgets.code_lines import body_of, spans, stretches


def kinds(source):
    """Return the classes of a source's pieces, line by line."""
    lines = source.splitlines()
    return [
        {part: kind for part, kind, _ in spans(line, found, []) if kind and kind != "operator"}
        for line, found in zip(lines, stretches(lines), strict=True)
    ]


SOURCES = {
    "words": (
        "def f(a): return len(a)",
        [{"def": "keyword", "f": "definition", "return": "keyword", "len": "builtin"}],
    ),
    "a comment": ("x = 1  # why", [{"1": "number", "# why": "comment"}]),
    "a string over two lines": ('x = """a\nb"""', [{'"""a': "string"}, {'b"""': "string"}]),
    "umlauts before a word": ("ä = 'ö' or None", [{"'ö'": "string", "or": "keyword", "None": "keyword"}]),
}


@pytest.mark.parametrize(("source", "expected"), SOURCES.values(), ids=SOURCES)
def test_python_is_told_apart(source, expected):
    assert kinds(source) == expected


def test_source_that_breaks_off_is_shown_all_the_same():
    assert len(kinds("def f(:\n  'open")) == 2


def test_an_f_string_is_a_string_on_every_python():
    found = kinds('x = f"a {b} c"')[0]

    assert set(found.values()) == {"string"}


BODIES = {
    "decorators and a docstring": ('@a\n@b(1)\ndef f():\n    """Say."""\n\n    return 1', ["def f():", "    return 1"]),
    "a docstring and nothing else": ('def f():\n    """Say."""', ["def f():", "    ..."]),
    "indented, as a method": ("    def f(self):\n        return 1", ["def f(self):", "    return 1"]),
    "two functions": ("def f(): ...\ndef g(): ...", ["def f(): ...", "def g(): ..."]),
}


@pytest.mark.parametrize(("source", "expected"), BODIES.values(), ids=BODIES)
def test_what_never_agrees_is_left_out(source, expected):
    assert body_of(textwrap.dedent(source)) == expected
