"""Mail: what is sent arrives unchanged, directly, over SMTP, and to a server that is named."""

import re

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.clock import Clock
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.mail import mail as mail_module
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.route import URL

ALICE = "alice@post.localhost"
LINK = "http://shop.localhost:40123/in?token=" + "k" * 200

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
    compose = mail_module.compose
    monkeypatch.setattr(mail_module, "compose", lambda *given: sent.append(compose(*given)) or sent[-1])
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


def test_mail_goes_to_the_server_that_is_named_and_a_copy_stays(catcher, kept, monkeypatch):
    monkeypatch.setenv(URL, f"smtp://127.0.0.1:{catcher.route.port}")
    mail = Mail(Clock())
    mail.send(ALICE, "Tea", "It is ready.")

    assert [(sender, to) for sender, to, _ in kept] == [("shop@post.localhost", ALICE)]
    assert [each.raw for each in mail.inbox(ALICE)] == [kept[0][2]]
    assert mail.outside == catcher.route


def test_a_checks_mail_goes_nowhere(catcher, kept, monkeypatch):
    monkeypatch.setenv(URL, f"smtp://127.0.0.1:{catcher.route.port}")
    lab = Lab("test", place=FirstNumber(), hash_cost="low", listens=False)
    lab.mail.send(ALICE, "Tea", "It is ready.")
    lab.stop()

    assert kept == [] and lab.mail.outside is None and len(lab.mail.inbox(ALICE)) == 1
