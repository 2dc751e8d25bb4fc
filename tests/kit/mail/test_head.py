"""What may stand in a message's head: exactly one address, one line; nothing hostile adds a recipient or a header."""

import pytest

from labsrv.kit.mail.head import LONGEST_TEXT, BadHeader

ALICE = "alice@post.localhost"


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
