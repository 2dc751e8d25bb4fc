"""The way to another mail server: encrypted, or not used."""

import datetime
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from labsrv import doctor
from labsrv.kit.clock import Clock
from labsrv.kit.mail.catcher import Catcher
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.mail.route import URL, Route

ALICE = "alice@post.localhost"
RAW = b"Subject: Tea\r\n\r\nIt is ready.\r\n"

ROUTES = {
    "smtp://smtp.example.org": Route("smtp.example.org", 587),
    "smtps://smtp.example.org": Route("smtp.example.org", 465, wrapped=True),
    "smtp://127.0.0.1:1025": Route("127.0.0.1", 1025),
    "smtp://localhost:1025/": Route("localhost", 1025),
    "smtp://[::1]:1025": Route("::1", 1025),
    "smtp://me%40x:p%3Aw%2F@smtp.example.org:25": Route("smtp.example.org", 25, False, "me@x", "p:w/"),
}


@pytest.mark.parametrize(("url", "route"), ROUTES.items(), ids=ROUTES)
def test_an_address_of_a_server_is_understood(url, route):
    assert Route.parsed(url) == route
    assert route.on_this_machine == (route.host in ("127.0.0.1", "localhost", "::1"))
    assert "p:w/" not in repr(Route.parsed(url))


NO_ROUTES = [
    "mail.example.org",
    "http://mail.example.org",
    "smtp://",
    "smtp://:25",
    "smtp://a:port",
    "smtp://a:0x1",
    "smtp://a/tea",
]
NO_ROUTES += ["smtp://a?x=1", "smtp://[::1", "smtp://a:99999", "25"]


@pytest.mark.parametrize("url", NO_ROUTES)
def test_what_is_no_address_of_a_server_is_said(url, monkeypatch):
    monkeypatch.setenv(URL, url)
    mail = Mail(Clock())
    with pytest.raises(Undelivered, match="AUTHLAB_SMTP_URL is not an address"):
        mail.send(ALICE, "Tea", "It is ready.")
    assert len(mail.boxes) == 0


def test_the_doctor_says_whether_a_mail_server_lets_us_in(catcher, monkeypatch):
    for url, fine, what in (
        ("", True, "not configured"),
        (f"smtp://127.0.0.1:{catcher.route.port}", True, "lets us in"),
        ("smtp://me:fake-secret@127.0.0.1:1", False, "does not let us in"),
        ("tea", False, "is not an address"),
    ):
        monkeypatch.setenv(URL, url)
        found = doctor.mail()
        assert (found.fine, what in found.what, "fake-secret" in found.what) == (fine, True, False)


def test_a_server_that_is_not_there_is_said():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Undelivered, match=f"127.0.0.1:{port} did not take the message: .*refused"):
        Route("127.0.0.1", port).carry("a@b", ALICE, RAW)


# Encryption. "localhost" stands for a server elsewhere: the routes are told that it is not this machine.


@pytest.fixture
def elsewhere(monkeypatch):
    monkeypatch.setattr(Route, "on_this_machine", False)


@pytest.fixture
def certificate(tmp_path):
    """Return the files of a certificate for localhost, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "key.pem").write_bytes(private)
    (tmp_path / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return tmp_path / "certificate.pem", tmp_path / "key.pem"


@pytest.fixture
def encrypting(certificate, monkeypatch, kept):
    """A catcher that offers STARTTLS, and takes no mail without it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    class Encrypting(Catcher):
        def session(self):
            session = super().session()
            session.tls_context, session.require_starttls = context, True
            return session

    catcher = Encrypting(lambda *message: kept.append(message))
    yield Route("localhost", catcher.route.port)
    catcher.stop()


def test_a_server_without_starttls_gets_no_mail(catcher, elsewhere, kept):
    with pytest.raises(Undelivered, match="STARTTLS extension not supported"):
        Route("127.0.0.1", catcher.route.port, user="me", password="secret").carry("a@b", ALICE, RAW)
    assert kept == []


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_mail(encrypting, elsewhere, kept):
    with pytest.raises(Undelivered, match="certificate verify failed"):
        encrypting.carry("a@b", ALICE, RAW)
    assert kept == []


def test_mail_to_elsewhere_is_encrypted(encrypting, elsewhere, kept, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    encrypting.carry("a@b", ALICE, RAW)
    assert kept == [("a@b", ALICE, RAW)]
