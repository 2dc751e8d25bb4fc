"""Text that others wrote is harmless to look at, and of a length."""

import json

import pytest

from labsrv.kit.text import cut, cut_in_the_middle, escaped, plain

HARMLESS = {
    "words": "Grüße, 東京 🍵",
    "lines and tabs": "\n\tok",
    "markup, which is text here": "<b>&amp;</b> {x} [bold]",
    "what is written out already": r"\u202e",
    "letters with marks above": "e\u0301",
    "right to left by itself": "شاي",
    "nothing": "",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_can_be_seen_stays_as_it_is(text):
    assert plain(text) == text


HIDDEN = {
    "what turns the direction": ("a\u202eb", r"a\u202eb"),
    "what turns it by itself": ("\u2066a\u2069", r"\u2066a\u2069"),
    "NUL": ("b\x00c", r"b\u0000c"),
    "a terminal's escape": ("\x1b[2J", r"\u001b[2J"),
    "a carriage return": ("yes\rno", r"yes\rno"),
    "a backspace": ("no\b\byes", r"no\b\byes"),
    "delete": ("\x7f", r"\u007f"),
    "a control of the second half": ("\x9b2J", r"\u009b2J"),
    "nothing wide": ("a\u200bb", r"a\u200bb"),
    "a joiner": ("a\u200db", r"a\u200db"),
    "a hyphen that shows at line ends": ("a\u00adb", r"a\u00adb"),
    "a letter without a form": ("\u3164", r"\u3164"),
    "a line separator": ("a\u2028b", r"a\u2028b"),
    "half a character": ("c\ud800", r"c\ud800"),
    "a byte order mark": ("\ufeffa", r"\ufeffa"),
    "a form of the letter before": ("a\ufe0f", r"a\ufe0f"),
    "a tag": ("\U000e0041", r"\udb40\udc41"),
}


@pytest.mark.parametrize(("text", "expected"), HIDDEN.values(), ids=HIDDEN)
def test_what_cannot_be_seen_is_written_out(text, expected):
    assert plain(text) == expected
    assert plain(expected) == expected, "Once is enough."


ESCAPED = {
    "in one piece": ("\u202e", r"\u202e"),
    "in two halves": ("🍵", r"\ud83c\udf75"),
    "delete": ("\x7f", r"\u007f"),
}


@pytest.mark.parametrize(("letter", "expected"), ESCAPED.values(), ids=ESCAPED)
def test_a_character_is_written_out_as_json_does(letter, expected):
    assert escaped(letter) == expected and json.loads(f'"{expected}"') == letter


CUTS = {
    "shorter": ("tea", 4, "tea"),
    "as long": ("teas", 4, "teas"),
    "longer by one": ("teapot", 5, "teap…"),
    "far longer": ("x" * 1_000_000, 3, "xx…"),
    "to one": ("tea", 1, "…"),
    "nothing": ("", 0, ""),
    "other alphabets": ("緑茶と紅茶", 3, "緑茶…"),
    "beyond the first plane": ("🍵🍵🍵", 2, "🍵…"),
}


@pytest.mark.parametrize(("text", "longest", "expected"), CUTS.values(), ids=CUTS)
def test_a_text_is_shortened_in_the_open(text, longest, expected):
    assert cut(text, longest) == expected
    assert len(cut(text, longest)) <= longest


def test_a_long_text_keeps_both_ends_and_says_what_is_between():
    assert cut_in_the_middle("begin" + "x" * 1000 + "end!!", 10) == "begin\n… 1,000 characters …\nend!!"
    assert cut_in_the_middle("short", 10) == "short"
