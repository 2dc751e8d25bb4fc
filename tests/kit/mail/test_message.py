"""Messages are read as far as they go, links and all, and none keeps its reader busy."""

import random
import time
from datetime import UTC, datetime

import pytest

from labsrv.kit.mail.head import LONGEST_TEXT
from labsrv.kit.mail.message import WRITING, links_in, understood

ALICE = "alice@post.localhost"
LINK = "http://shop.localhost:40123/in?token=" + "k" * 200

LINKS = {
    "in a sentence": ("Click http://shop.localhost:1/in?a=1&b=2.", None, ["http://shop.localhost:1/in?a=1&b=2"]),
    "in brackets": ("<https://shop.example/in> (http://a.example/)", None, ["https://shop.example/in", "http://a.example/"]),
    "twice": ("http://a.example http://a.example", None, ["http://a.example"]),
    "long": (LINK, None, [LINK]),
    "in HTML": ("Tea", '<a href="http://a.example/?x=1&amp;y=2">tea</a>', ["http://a.example/?x=1&y=2"]),
    "in both": ("http://a.example", '<a href="http://b.example">x</a>', ["http://a.example", "http://b.example"]),
    "no links": ("shop.example/in", '<a href="javascript:tea()">x</a><a href="/in">y</a>', []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "html", "links"), LINKS.values(), ids=LINKS)
def test_links_are_found(mail, text, html, links):
    mail.send(ALICE, "Tea", text, html=html)
    assert mail.last(ALICE).links == links


SLOW = ["<", "<!", "<!--", "<a ", "<a b", "<a b=", "<a b='", '<a b="', "</", "<a <", "&", "<script>", "http://a ", "=?"]


@pytest.mark.slow("large messages")
@pytest.mark.parametrize("piece", SLOW)
def test_no_message_keeps_its_reader_busy(mail, piece):
    """With a reader that looks twice these take minutes and hours."""
    began = time.perf_counter()
    much = piece * (LONGEST_TEXT // len(piece))
    mail.send(ALICE, "Tea", much, html=much)
    assert mail.last(ALICE).links in ([], ["http://a"])
    assert time.perf_counter() - began < 20


BROKEN = {
    "nothing": b"",
    "no head": b"\r\n\r\nTea",
    "no body": b"Subject: Tea",
    "an unknown charset": b"Content-Type: text/plain; charset=tea\r\n\r\n\xff\xfe",
    "an unknown encoding": b"Content-Transfer-Encoding: tea\r\n\r\nTea",
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n====A",
    "parts without an end": b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nTea",
    "parts without a boundary": b"Content-Type: multipart/alternative\r\n\r\n--x\r\n\r\nTea",
    "a hostile sender": b"From: <<<@@,,;:\r\nTo: (((\r\n\r\nTea",
    "a subject of bytes": b"Subject: \xff\xfe\r\n\r\nTea",
    "an encoded subject in pieces": b"Subject: =?utf-8?b?4?= =?x?y?z?=\r\n\r\nTea",
    "a date that is none": b"Date: teatime\r\n\r\nTea",
    "a type that is none": b"Content-Type: ;;;=\r\n\r\nTea",
    "a message in a message": b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nTea",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
def test_mail_that_is_broken_is_read_as_far_as_it_goes(raw):
    arrived = understood(raw, ALICE, "mallory@post.localhost", datetime.now(UTC))

    assert arrived.raw == raw and isinstance(arrived.subject + arrived.text + arrived.sender, str)
    assert arrived.links == []


def test_no_mail_at_all_makes_the_reader_stumble():
    draw = random.Random(6)
    pieces = [
        b"Content-Type: ",
        b"multipart/",
        b"text/html",
        b";",
        b"boundary=",
        b"x",
        b"\r\n",
        b"--x",
        b"=?",
        b"?b?",
        b"From:",
    ]
    pieces += [
        b"utf-8",
        b"?=",
        b" ",
        b"<",
        b">",
        b"@",
        b'"',
        b"(",
        b"\\",
        b",",
        b"\xff",
        b"Subject:",
        b"charset*0*=",
        b"=41",
    ]
    for _ in range(1_500):
        raw = b"".join(draw.choices(pieces, k=draw.randrange(40)))
        understood(raw, ALICE, "", datetime.now(UTC))


def test_writing_folds_no_line_of_a_text():
    assert WRITING.max_line_length == 998 and WRITING.cte_type == "7bit"


# name: (a text, the addresses in it)
BRACKETS = {
    "a bracket that it opened": ("See http://a.example/tea_(drink).", ["http://a.example/tea_(drink)"]),
    "a bracket around it": ("(see http://a.example/tea)", ["http://a.example/tea"]),
    "both": ("(see http://a.example/tea_(drink))", ["http://a.example/tea_(drink)"]),
    "another kind": ("[http://a.example/x[1]]!", ["http://a.example/x[1]"]),
    "signs alone": ("http://a.example/x?!,", ["http://a.example/x"]),
}


@pytest.mark.parametrize(("text", "found"), BRACKETS.values(), ids=BRACKETS)
def test_an_address_keeps_the_bracket_that_it_opened(text, found):
    assert links_in(text) == found


def test_a_charset_that_nobody_knows_hides_nothing():
    raw = b"Content-Type: text/plain; charset=tea\r\n\r\nYour code is 123456, \xff\xfe."

    assert (
        "Your code is 123456, \ufffd\ufffd." in understood(raw, "a@b.c", "d@e.f", datetime(2026, 1, 1, tzinfo=UTC)).text
    )
