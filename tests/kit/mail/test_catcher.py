"""The lab's mail server: it keeps the bytes, within bounds, hears this machine only, and leaves nothing behind."""

import contextlib
import smtplib
import socket
import threading

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.clock import Clock
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.mail.catcher import LARGEST, MOST_RECIPIENTS
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.route import URL
from tests.patience import wait_until

ALICE = "alice@post.localhost"
RAW = b"Subject: Tea\r\n\r\nIt is ready.\r\n"


@pytest.fixture
def client(catcher):
    with smtplib.SMTP(catcher.route.host, catcher.route.port, "post.localhost", timeout=5) as client:
        yield client


def test_each_recipient_gets_the_bytes(client, kept):
    client.sendmail("shop@post.localhost", [ALICE, "bob@post.localhost"], RAW)
    client.sendmail("", [ALICE], RAW)

    assert kept == [
        ("shop@post.localhost", ALICE, RAW),
        ("shop@post.localhost", "bob@post.localhost", RAW),
        ("", ALICE, RAW),
    ]


def test_it_takes_no_more_recipients_and_bytes_than_it_says(client, kept):
    refused = client.sendmail("a@b", [f"{n}@post.localhost" for n in range(MOST_RECIPIENTS + 5)], RAW)
    assert len(refused) == 5 and len(kept) == MOST_RECIPIENTS
    with pytest.raises(smtplib.SMTPException):
        client.sendmail("a@b", [ALICE], RAW + b"x" * 78 + b"\r\n" * LARGEST)
    assert len(kept) == MOST_RECIPIENTS


def test_it_hears_this_machine_only(catcher):
    assert catcher.socket.getsockname()[0] == "127.0.0.1"


def test_many_may_send_at_a_time(clock_mail):
    senders = [threading.Thread(target=clock_mail.send, args=(ALICE, f"Tea {n}", "x")) for n in range(20)]
    for each in senders:
        each.start()
    for each in senders:
        each.join(30)
    assert {each.subject for each in clock_mail.inbox(ALICE)} == {f"Tea {n}" for n in range(20)}


@pytest.fixture
def clock_mail(monkeypatch):
    monkeypatch.delenv(URL, raising=False)
    mail = Mail(Clock())
    yield mail
    mail.close()


def rest_of(connection):
    """Return what comes until the other end closes; raise `TimeoutError` where it does not."""
    came = b""
    with contextlib.suppress(ConnectionResetError):
        while more := connection.recv(1_000):
            came += more
    return came


def rest_once_spoken_to(connection):
    """Return the rest of a connection that nobody may have taken.

    A system that was still shaking hands forgets it without a word, and says so once it is spoken to, perhaps not at
    the first time.
    """
    connection.settimeout(1)

    def rest():
        with contextlib.suppress(ConnectionError):
            connection.sendall(b"NOOP\r\n")
        with contextlib.suppress(TimeoutError):
            return (rest_of(connection),)

    return wait_until(rest, "It is held on to.")[0]


def test_a_lab_that_stops_leaves_no_thread_and_no_port(monkeypatch):
    monkeypatch.delenv(URL, raising=False)
    lab = Lab("test", place=FirstNumber(), hash_cost="low")
    assert "mail" not in {each.name for each in threading.enumerate()}, "It starts when it is needed."
    lab.mail.send(ALICE, "Tea", "It is ready.")
    port = lab.mail.catcher().route.port
    with socket.create_connection(("127.0.0.1", port), timeout=30) as greeted:
        banner = greeted.recv(1_000)
        assert banner.startswith(b"220")
        with socket.create_connection(("127.0.0.1", port), timeout=30) as silent:
            lab.stop()
            assert rest_of(greeted) == b"", "Whoever is still there is cut off."
            assert rest_once_spoken_to(silent) in (b"", banner), (
                "So is who has come at the last moment, greeted or not."
            )

    assert "mail" not in {each.name for each in threading.enumerate()}
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    assert len(lab.mail.inbox(ALICE)) == 1
