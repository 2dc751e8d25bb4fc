"""CodeDiff by its traits: every line is there, differences are marked down to words, and text is only text."""

import inspect
from difflib import SequenceMatcher

import pytest

from labsrv.widgets import code_diff
from labsrv.widgets.code_diff import LONGEST_LINE, MOST_COMPARED, MOST_LINES, MOST_SPANS, MOST_WORDS, CodeDiff

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


def lines(many, written):
    return "\n".join(written.replace("{}", str(number)) for number in range(many))


# Each kept the comparison busy for as long as its writer chose.
MUCH = {
    "lines that differ": (lines(2_000, "a{} = {}"), lines(2_000, "b{}(x)")),
    "lines that are alike": (lines(2_000, "a{} = b(c{}, d)"), lines(2_000, "a{} = b(c{}, e)")),
    "one line again and again": ("x = 1\n" * 2_000, "x = 2\n" * 2_000),
    "two lines in turn": ("a\nb\n" * 1_000, "b\na\nc\n" * 700),
    "blocks of lines that are alike": ("same\n".join(["a b c\n" * 9] * 200), "same\n".join(["a c b\n" * 9] * 200)),
    "lines of many words": (("a b " * 60 + "\n") * 300, ("c b " * 60 + "\n") * 300),
    "one long line": ("a + " * 50_000, "a - " * 50_000),
    "brackets in brackets": ("(" * 60_000, "[" * 60_000),
    "signs before a number": ("-" * 60_000 + "1", "~" * 60_000 + "1"),
}


@pytest.mark.parametrize(("left", "right"), MUCH.values(), ids=MUCH)
def test_what_is_much_is_compared_and_shown_within_bounds(monkeypatch, left, right):
    compared = []

    class Counted(SequenceMatcher):
        def __init__(self, junk, one, other, autojunk=True):
            compared.append((len(one), len(other), autojunk))
            super().__init__(junk, one, other, autojunk)

    monkeypatch.setattr(code_diff, "SequenceMatcher", Counted)
    view = CodeDiff(left, right)

    # The first is that of lines; of words there is one for each pair that is tried, and one for each row.
    assert compared[0][:2] <= (MOST_LINES, MOST_LINES) and compared[0][2]
    assert len(compared) - 1 <= MOST_COMPARED + len(view.rows)
    assert all(max(one, other) <= MOST_WORDS for one, other, _ in compared[1:])
    assert len(view.rows) <= 2 * MOST_LINES + 1
    assert sum(len(side[1]) for row in view.rows for side in row[:2] if side) <= MOST_SPANS + 2 * len(view.rows) + 600


def test_what_is_left_out_is_said():
    view = CodeDiff(lines(1_800, "a = {}"), "a = 0")

    assert shown(view)[0] == ("a = 0", "", "a = 0")
    assert shown(view)[-1] == ("… 1,500 lines more", "", None)
    assert view.as_text().endswith("a = 0") and "… 1,500 lines more" in view.as_text()


def test_a_line_that_is_too_long_is_cut_in_the_open():
    ((left, _, right),) = shown(CodeDiff("a" * 1_000, "a" * 1_000))

    assert left == right == "a" * (LONGEST_LINE - 1) + "…"


def test_a_function_nobody_knows_the_source_of_is_refused():
    with pytest.raises(ValueError, match="give it as text"):
        CodeDiff(len, checked)
