"""Mail: what is sent arrives unchanged, directly and over SMTP, and nothing hostile adds a recipient or a header."""

import random
import re
import time
from datetime import UTC, datetime

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.clock import Clock
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.mail import mail as mail_module
from labsrv.kit.mail.head import LONGEST_TEXT, BadHeader
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.mail.message import WRITING, understood
from labsrv.kit.people import Person, cast

ALICE = "alice@post.localhost"
LINK = "http://shop.localhost:40123/in?token=" + "k" * 200


@pytest.fixture
def clock():
    clock = Clock()
    yield clock
    clock.reset()


@pytest.fixture(params=[False, True], ids=["directly", "over SMTP"])
def mail(request, clock, monkeypatch):
    monkeypatch.delenv("AUTHLAB_SMTP_URL", raising=False)
    mail = Mail(clock, over_smtp=request.param)
    yield mail
    mail.close()


TEXTS = {
    "a line": "Your tea is ready.",
    "nothing": "",
    "several lines": "One\nTwo\n\nFour",
    "line ends of all kinds": "One\r\nTwo\rThree\nFour",
    "a line end at its end": "One\n",
    "lines of dots": ".\n..\n...\n.tea\n\n.",
    "what ends the data of SMTP": "before\r\n.\r\nMAIL FROM:<mallory@post.localhost>\r\n",
    "header lines": "\nBcc: mallory@post.localhost\nSubject: won\n\nA teapot!",
    "From at the beginning of a line": "From here on it is tea.",
    "tea in many alphabets": "Grüner Tee, 緑茶, чай, شاي, 🍵",
    "a long link": f"Here it is: {LINK}",
    "a line longer than mail has": "tea " * 1_000,
    "tabs and spaces at the end": "One \t\n Two ",
    "equals signs": "a=b=3D=\n=C3=A4",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_arrives_as_it_was_written(mail, text):
    mail.send(ALICE, "Tea", text)

    arrived = mail.last(ALICE)
    assert arrived.text == re.sub("\r\n?", "\n", text).removesuffix("\n")
    assert (arrived.to, arrived.sender, arrived.html) == (ALICE, "The tea shop <shop@post.localhost>", None)
    assert re.findall(rb"(?mi)^bcc:.*$", arrived.raw.partition(b"\r\n\r\n")[0]) == []
    assert len(mail.boxes) == 1


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_bytes_are_the_same_directly_and_over_smtp(mail, text, monkeypatch):
    sent = []
    compose = mail_module.composed
    monkeypatch.setattr(mail_module, "composed", lambda *given: sent.append(compose(*given)) or sent[-1])
    mail.send(ALICE, "Grüße", text, html="<p>.\n.")

    assert mail.last(ALICE).raw == sent[0]
    assert sent[0].replace(b"\r\n", b"").isascii() and b"\n" not in sent[0].replace(b"\r\n", b"")
    assert max(map(len, sent[0].split(b"\r\n"))) <= 998


SUBJECTS = {
    "words": "Your tea is ready",
    "nothing": "",
    "tea in many alphabets": "Grüner Tee, 緑茶, чай, 🍵",
    "long": "tea and " * 30,
    "what looks encoded": "=?utf-8?q?Bcc=3A?= tea",
    "a header's name": "Bcc: mallory@post.localhost",
}


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_a_subject_arrives_as_it_was_written(mail, subject):
    mail.send(ALICE, subject, "Tea")

    # A line end that folds a long one is a space again; a word that looks encoded is read as what it looks like.
    wanted = "Bcc: tea" if subject.startswith("=?") else subject.strip()
    assert mail.last(ALICE).subject.strip() == wanted


NO_ADDRESS = {
    "nothing": "",
    "no @": "alice",
    "two of them": "alice@post.localhost, mallory@post.localhost",
    "two without a space": "alice@post.localhost,mallory@post.localhost",
    "two by a semicolon": "alice@post.localhost;mallory@post.localhost",
    "two by a space": "alice@post.localhost mallory@post.localhost",
    "a name around it": "Alice <alice@post.localhost>",
    "two @": "alice@mallory@post.localhost",
    "a Bcc after CRLF": "alice@post.localhost\r\nBcc: mallory@post.localhost",
    "a Bcc after LF": "alice@post.localhost\nBcc: mallory@post.localhost",
    "a Bcc after CR": "alice@post.localhost\rBcc: mallory@post.localhost",
    "a line end at its end": "alice@post.localhost\n",
    "a whole message": "alice@post.localhost\r\n\r\nYou won a teapot!",
    "SMTP after it": "alice@post.localhost>\r\nRCPT TO:<mallory@post.localhost",
    "an option of SMTP after it": "alice@post.localhost> NOTIFY=SUCCESS",
    "NUL": "alice@post.localhost\0mallory@post.localhost",
    "a vertical tab": "alice\x0b@post.localhost",
    "a line separator": "alice\u2028@post.localhost",
    "a quoted local part": '"alice,mallory"@post.localhost',
    "a comment": "alice(mallory)@post.localhost",
    "a route": "@mallory.localhost:alice@post.localhost",
    "a group": "everybody:alice@post.localhost;",
    "two dots": "alice..x@post.localhost",
    "a dot at its end": "alice@post.localhost.",
    "an address literal": "alice@[127.0.0.1]",
    "letters that look like these": "\u0430lice@post.localhost",
    "full-width letters": "\uff41lice@post.localhost",
    "a long local part": "a" * 65 + "@post.localhost",
    "long as a whole": "a@" + "a." * 140 + "localhost",
    "an encoded word": "=?utf-8?q?mallory=40x=2C?= alice@post.localhost",
    "a list": ["alice@post.localhost"],
    "bytes": b"alice@post.localhost",
    "None": None,
}


@pytest.mark.parametrize("to", NO_ADDRESS.values(), ids=NO_ADDRESS)
def test_what_is_not_exactly_one_address_gets_no_mail(mail, to):
    with pytest.raises(BadHeader, match="not exactly one mail address"):
        mail.send(to, "Tea", "It is ready.")
    assert len(mail.boxes) == 0


ADDRESSES = [
    "a@b",
    "alice+tea@post.localhost",
    "o'brien@post.localhost",
    "a.b_c-d@x-1.example",
    "%=&{}|@post.localhost",
]


@pytest.mark.parametrize("to", ADDRESSES)
def test_an_address_gets_its_mail(mail, to):
    mail.send(to, "Tea", "It is ready.")
    assert [each.to for each in mail.inbox(to)] == [to]


NO_LINE = {
    "a Bcc after CRLF": "Tea\r\nBcc: mallory@post.localhost",
    "a Bcc after LF": "Tea\nBcc: mallory@post.localhost",
    "a Bcc after CR": "Tea\rBcc: mallory@post.localhost",
    "a folded line": "Tea\r\n is ready",
    "a body": "Tea\r\n\r\nYou won a teapot!",
    "a line end at its end": "Tea\n",
    "a line end at its beginning": "\nTea",
    "NUL": "Tea\0",
    "a vertical tab": "Tea\x0bBcc: x",
    "a form feed": "Tea\x0cBcc: x",
    "the next-line sign": "Tea\x85Bcc: x",
    "a line separator": "Tea\u2028Bcc: x",
    "a paragraph separator": "Tea\u2029Bcc: x",
    "a terminal's escape": "Tea\x1b[2J",
    "half a character": "Tea\ud800",
    "very long": "tea" * 1_000,
    "None": None,
}


@pytest.mark.parametrize("subject", NO_LINE.values(), ids=NO_LINE)
def test_what_is_not_one_line_is_no_subject(mail, subject):
    with pytest.raises(BadHeader, match="one line"):
        mail.send(ALICE, subject, "It is ready.")
    assert len(mail.boxes) == 0


NO_TEXT = {"NUL": "tea\0", "half a character": "\ud83c", "far too long": "x" * (LONGEST_TEXT + 1), "bytes": b"tea"}


@pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT)
def test_what_mail_cant_carry_is_refused(mail, text):
    for given in ({"text": text}, {"text": "Tea", "html": text}):
        with pytest.raises(ValueError):
            mail.send(ALICE, "Tea", **given)
    assert len(mail.boxes) == 0


def test_mail_is_read_by_whoever_it_is_for(mail, clock):
    alice, bob = cast()["alice"], cast()["bob"]
    mail.send(alice.email, "First", "1")
    clock.advance(minutes=10)
    mail.send("ALICE@post.LOCALHOST", "Second", "2")

    assert [each.subject for each in mail.inbox(alice)] == ["First", "Second"]
    first, second = mail.inbox(ALICE)
    assert 600 <= (second.at - first.at).total_seconds() < 660 and second.at.tzinfo is UTC
    assert mail.last(alice).text == "2" and mail.inbox(bob) == []
    with pytest.raises(LookupError, match="bob@post.localhost yet"):
        mail.last(bob)


def test_a_browser_stands_for_its_person_and_a_stranger_for_nobody():
    lab = Lab("test", place=FirstNumber(), hash_cost="low", listens=False)
    lab.mail.send(ALICE, "Tea", "It is ready.")

    assert lab.mail.inbox(lab.alice) == lab.mail.inbox(lab.people["alice"]) != []
    for stranger in (lab.browser("visitor"), None, 7):
        with pytest.raises(LookupError, match="nobody"):
            lab.mail.inbox(stranger)
    lab.stop()
    assert len(lab.mail.inbox(lab.people["alice"])) == 1, "What arrived can still be read."


def test_whoever_listens_hears_of_each_message(mail):
    heard = []
    mail.listeners.append(heard.append)
    mail.send(ALICE, "Tea", "It is ready.")
    assert [each.subject for each in heard] == ["Tea"]


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


@pytest.mark.parametrize("piece", SLOW)
def test_no_message_keeps_its_reader_busy(mail, piece):
    """With a reader that looks twice these take minutes and hours."""
    began = time.perf_counter()
    much = piece * (LONGEST_TEXT // len(piece))
    mail.send(ALICE, "Tea", much, html=much)
    assert mail.last(ALICE).links in ([], ["http://a"])
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("bounds", [("MOST_KEPT", 2), ("MOST_BYTES", 1_000)], ids=["many", "large"])
def test_a_flood_ends_when_the_mailboxes_are_full(mail, monkeypatch, bounds):
    monkeypatch.setattr(f"labsrv.kit.mail.mailboxes.{bounds[0]}", bounds[1])
    with pytest.raises(Undelivered, match="mailboxes are full"):
        for _ in range(3):
            mail.send(ALICE, "Tea", "x" * 300)
    assert len(mail.boxes) in (1, 2)


def test_everybody_has_an_address_and_a_number_of_their_own():
    people = cast().values()

    assert {each.email for each in people} == {f"{each.name}@post.localhost" for each in people}
    assert len({each.phone for each in people}) == 4
    numbers = {Person(f"customer-{n:05x}", "fake").phone for n in range(5_000)}
    # North America keeps 555-0100 to 555-0199 for fiction.
    assert all(re.fullmatch(r"\+1[2-9]\d\d55501\d\d", each) and each[3:5] != "11" for each in numbers)
    assert len(numbers) > 4_500


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
