"""JSON as a token has it: laid out and squeezed letter by letter, and never read in two ways."""

import pytest

from labsrv.kit.json_text import BadJson, laid_out, read_json, squeezed_json

TEXTS = {
    "nothing in it": "{}",
    "members": '{"a":1,"b":"x y"}',
    "twice": '{"a":1,"a":2}',
    "numbers as they are spelled": '{"a":1e3,"b":1.0,"c":-0}',
    "strings with what else has a meaning": '{"a":"{[,:]}\\"\\\\","b":"a  b"}',
    "lists and objects": '{"a":[1,[],{},{"b":[true,null]}]}',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_laid_out_and_squeezed_it_is_the_same_letter_by_letter(text):
    assert squeezed_json(laid_out(text)) == text
    assert read_json(laid_out(text)) == read_json(text)


def test_members_stand_on_lines_of_their_own():
    assert laid_out('{"a":[],"b":{"c":1}}') == '{\n  "a": [],\n  "b": {\n    "c": 1\n  }\n}'


def test_json_that_readers_disagree_on_is_none():
    with pytest.raises(BadJson):
        read_json('{"a": Infinity}')
