"""CodeDiff by its traits: every line is there, differences are marked down to words, and text is only text."""

import inspect

import pytest

from labsrv.widgets.code_diff import CodeDiff

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
