"""Markup is cut where browsers cut it."""

import pytest

from labsrv.kit.html.pieces import tags, without_styles

# name: (markup, its tags)
CUT = {
    "tags": ("<P class=a>x</p >", ["p", "/p"]),
    "a bracket in quotes": ("<p a='>' b=\">\">x</p>", ["p", "/p"]),
    "a quote within a value": ("<p a=b'>x</p>", ["p", "/p"]),
    "a quote that never ends": ("<p><a b='>x</a></p>", ["p"]),
    "a tag that never ends": ("<p><a b", ["p"]),
    "a name with a bracket in it": ("<a<b>x", ["a<b"]),
    "slashes between attributes": ("<a/b/c=d>", ["a"]),
    "an equals sign first": ("<a =b='>'>", ["a"]),
    "no value": ("<a b= >x<i>", ["a", "i"]),
    "comments": ("<!--<b>--><i><!--><u><!---><s><!-- --!><q><!--<b>", ["i", "u", "s", "q"]),
    "a comment in a comment": ("<!-- <!--> <b>", ["b"]),
    "declarations": ("<!doctype html><?x <b>></ <b>><i></>", ["i"]),
    "brackets that begin nothing": ("1 < 2 <3 <<i>", ["i"]),
    "a script": ("<script>'<b>'</scripts></SCRIPT><i>", ["script", "/script", "i"]),
    "a script that never ends": ("<i><script><b></i>", ["i", "script"]),
    "a title": ("<title><b></title ><i>", ["title", "/title", "i"]),
}


@pytest.mark.parametrize(("markup", "expected"), CUT.values(), ids=CUT)
def test_markup_is_cut_into_tags(markup, expected):
    assert ["/" * each.ends + each.name for each in tags(markup)] == expected


ATTRIBUTES = {
    "quotes of both kinds": ("<a b='1' c=\"2\" d=3>", [("b", "1"), ("c", "2"), ("d", "3")]),
    "entities": ("<a b=&#49;&amp;>", [("b", "1&")]),
    "none": ("<a>", []),
    "twice": ("<a B=1 b=2>", [("b", "1"), ("b", "2")]),
    "without values": ("<a b c/d>", [("b", ""), ("c", ""), ("d", "")]),
}


@pytest.mark.parametrize(("markup", "expected"), ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_attributes_are_read(markup, expected):
    (tag,) = tags(markup)
    assert tag.attributes() == expected


SLASHES = {"<a/>": True, "<a />": True, "<a b='c'/>": True, "<a b=c/>": False, "<a / >": False, "<a>": False}


@pytest.mark.parametrize(("markup", "closes"), SLASHES.items(), ids=SLASHES)
def test_a_slash_at_the_end_counts_unless_a_value_has_it(markup, closes):
    (tag,) = tags(markup)
    assert tag.closes_itself is closes


STYLES = {
    "one": ("<style a='>'>p{}</style><p>x", "<style a='>'></style><p>x"),
    "two": ("a<STYLE>p{}</STYLE>b<style>q", "a<STYLE></STYLE>b<style>"),
    "in a comment, a script, a title": (
        page := "<!--<style>--><script>'<style>a'</script><title><style>b</title>c",
        page,
    ),
}


@pytest.mark.parametrize(("markup", "expected"), STYLES.values(), ids=STYLES)
def test_styles_are_emptied(markup, expected):
    assert without_styles(markup) == expected
