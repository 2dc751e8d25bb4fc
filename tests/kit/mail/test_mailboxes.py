"""Mailboxes: read by whoever they are for, heard by whoever listens, and never fuller than they may be."""

from datetime import UTC

import pytest

from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.people import cast

ALICE = "alice@post.localhost"


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


def test_a_browser_stands_for_its_person_and_a_stranger_for_nobody(lab):
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


@pytest.mark.parametrize("bounds", [("MOST_KEPT", 2), ("MOST_BYTES", 1_000)], ids=["many", "large"])
def test_a_flood_ends_when_the_mailboxes_are_full(mail, monkeypatch, bounds):
    monkeypatch.setattr(f"labsrv.kit.mail.mailboxes.{bounds[0]}", bounds[1])
    with pytest.raises(Undelivered, match="mailboxes are full"):
        for _ in range(3):
            mail.send(ALICE, "Tea", "x" * 300)
    assert len(mail.boxes) in (1, 2)
