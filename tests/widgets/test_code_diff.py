"""CodeDiff by its traits: every line is there, differences are marked down to words, and text is only text."""

import inspect
import textwrap

import pytest

from labsrv.widgets.code_diff import CodeDiff
from labsrv.widgets.code_lines import body_of, spans, stretches

HOSTILE = "</code><img src=x onerror=alert(1)>"


def checked(name, users):
    """Look the name up."""
    user = users.get(name)
    if user is None:
        return None
    users.note(name)
    return user


def unchecked(name, users):
    """Look the name up, and trust it."""
    user = users[name]
    if user is None:
        return None
    return user


def text(line):
    """Return a side's line as text, with the marked words in brackets; those without a word between are one."""
    if line is None:
        return None
    return "".join(f"[{part}]" if marked else part for part, _, marked in line[1]).replace("][", "")


def shown(view):
    return [(text(left), sign, text(right)) for left, right, sign in view.rows]


def test_differences_are_marked_by_signs_and_words():
    view = CodeDiff(checked, unchecked)

    assert view.titles == ["secure: checked", "flawed: unchecked"]
    assert shown(view) == [
        ("def checked(name, users):", "", "def unchecked(name, users):"),
        ("    user = users[.get(]name[)]", "~", "    user = users[[]name[]]"),
        ("    if user is None:", "", "    if user is None:"),
        ("        return None", "", "        return None"),
        ("    users.note(name)", "+", None),
        ("    return user", "", "    return user"),
    ]


def test_functions_and_their_text_look_the_same():
    by_text = CodeDiff(inspect.getsource(checked), inspect.getsource(unchecked))

    assert by_text.rows == CodeDiff(checked, unchecked).rows
    assert by_text.titles == ["secure: checked", "flawed: unchecked"]


PAIRS = {
    "the same": ("a = 1", "a = 1", [("a = 1", "", "a = 1")]),
    "one word": ("x = one(two)", "x = one(three)", [("x = one([two])", "~", "x = one([three])")]),
    "a whole string": ('f("ab", 1, 2)', 'f("ac", 1, 2)', [('f(["ab"], 1, 2)', "~", 'f(["ac"], 1, 2)')]),
    "nothing in common": ("import os", "x = 1 + 2", [("import os", "±", "x = 1 + 2")]),
    "a line more on the left": ("a = 1\nb = 2", "a = 1", [("a = 1", "", "a = 1"), ("b = 2", "+", None)]),
    "a line more on the right": ("b = 2", "a(x)\nb = 2", [(None, "−", "a(x)"), ("b = 2", "", "b = 2")]),
    "empty": ("", "a = 1", [(None, "−", "a = 1")]),
    "both empty": ("", "", []),
    "no Python": ("if (x", 'say "', [("if (x", "±", 'say "')]),
    "hostile": (f"'{HOSTILE}'", f"'{HOSTILE}'", [(f"'{HOSTILE}'", "", f"'{HOSTILE}'")]),
}


@pytest.mark.parametrize(("left", "right", "expected"), PAIRS.values(), ids=PAIRS)
def test_a_comparison_shows_each_line_once(left, right, expected):
    assert shown(CodeDiff(left, right)) == expected


def test_many_lines_that_differ_take_no_time():
    left = "\n".join(f"a{number} = {number}" for number in range(1500))
    right = "\n".join(f"b{number}(x)" for number in range(1500))

    assert len(CodeDiff(left, right).rows) == 1500


def test_a_function_nobody_knows_the_source_of_is_refused():
    with pytest.raises(ValueError, match="give it as text"):
        CodeDiff(len, checked)


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
