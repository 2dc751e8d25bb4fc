"""No letter keeps its reader busy: what is too much is delivered as it came, and the parser never sees it."""

import email
from datetime import UTC, datetime

import pytest

from labsrv.kit.mail import message
from labsrv.kit.mail.bounds import excess_of
from labsrv.kit.mail.message import understood
from tests.kit.mail.letters import ORDINARY, TANGLED

ALICE, MALLORY = "alice@post.localhost", "mallory@post.localhost"


@pytest.fixture
def parsed(monkeypatch):
    """What was given to the standard library's parser."""
    given = []

    def counted(raw, **options):
        given.append(raw)
        return email.message_from_bytes(raw, **options)

    monkeypatch.setattr(message, "message_from_bytes", counted)
    return given


@pytest.mark.parametrize(("raw", "said"), TANGLED.values(), ids=TANGLED)
def test_what_is_too_much_is_shown_as_it_came(parsed, raw, said):
    arrived = understood(raw, ALICE, MALLORY, datetime.now(UTC))

    assert said in excess_of(raw) and parsed == []
    assert (arrived.raw, arrived.sender, arrived.html) == (raw, MALLORY, None)
    first, _, source = arrived.text.partition("\n\n")
    assert excess_of(raw) in first and "not taken apart" in first
    assert source[:200].encode() == raw.replace(b"\r\n", b"\n")[:200]


@pytest.mark.parametrize("raw", ORDINARY.values(), ids=ORDINARY)
def test_what_is_ordinary_is_taken_apart(parsed, raw):
    arrived = understood(raw, ALICE, MALLORY, datetime.now(UTC))

    assert excess_of(raw) == "" and parsed == [raw]
    assert arrived.text.startswith("Tea")


@pytest.mark.parametrize("name", ["multiparts within each other", "messages within each other"])
def test_it_is_delivered_over_smtp_as_well(mail, parsed, name):
    raw, _ = TANGLED[name]
    if mail.over_smtp:
        mail.catcher().route.carry(MALLORY, ALICE, raw)
    else:
        mail.deliver(MALLORY, ALICE, raw)

    assert "not taken apart" in mail.last(ALICE).text and parsed == []
