"""The way to a mail server: SMTP with Python's own client.

AUTHLAB_SMTP_URL=smtp://name:password@smtp.example.org:587     encrypted by STARTTLS, or not at all used
AUTHLAB_SMTP_URL=smtps://name:password@smtp.example.org:465    encrypted from the first byte
AUTHLAB_SMTP_URL=smtp://127.0.0.1:1025                         on this machine it may be plain
"""

import ipaddress
import os
import smtplib
import ssl
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.people import MAIL_DOMAIN

URL = "AUTHLAB_SMTP_URL"
PORTS = {"smtp": 587, "smtps": 465}
PATIENCE = 10.0  # seconds for each step of the conversation


@dataclass(frozen=True)
class Route:
    """A mail server, and how to speak with it. `wrapped` is TLS from the first byte."""

    host: str
    port: int
    wrapped: bool = False
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parsed(cls, url: str) -> Self:
        """Return the way that a URL describes, or raise `Undelivered`."""
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS[parts.scheme]
        except (ValueError, KeyError):
            parts, port = urlsplit(""), 0
        if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise Undelivered(f"{URL} is not an address such as smtp://name:password@smtp.example.org:587.")

        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port, parts.scheme == "smtps", user, password)

    @property
    def on_this_machine(self) -> bool:
        """Return whether nothing that is sent leaves this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def carry(self, sender: str, to: str, raw: bytes) -> None:
        """Hand a message to the server, or raise `Undelivered`."""
        try:
            with self.connect() as server:
                server.sendmail(sender, [to], raw)
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(f"{self.host}:{self.port} did not take the message: {said(error)}") from error

    def try_out(self) -> None:
        """Greet the server and leave again; raises `Undelivered` where it does not let us in as we want it."""
        try:
            self.connect().quit()
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(f"{self.host}:{self.port} does not let us in: {said(error)}") from error

    def connect(self) -> smtplib.SMTP:
        """Return a conversation that is encrypted and logged in as far as this way asks for it."""
        server = self.greet()
        try:
            if not (self.wrapped or self.on_this_machine):
                # Raises where the server offers none: a password or a link never travels in the open.
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def greet(self) -> smtplib.SMTP:
        """Return a conversation that has begun."""
        if self.wrapped:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, MAIL_DOMAIN, timeout=PATIENCE, context=context)
        return smtplib.SMTP(self.host, self.port, MAIL_DOMAIN, timeout=PATIENCE)


def configured_route() -> Route | None:
    """Return the way that `AUTHLAB_SMTP_URL` describes, or None where it says nothing; raises `Undelivered`."""
    url = os.environ.get(URL, "").strip()
    return Route.parsed(url) if url else None


def said(error: Exception) -> str:
    """Return what a server said, in words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return f"{code} {words_of(words)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {words_of(error.smtp_error)}"
    return str(error) or type(error).__name__


def words_of(said: bytes | str) -> str:
    """Return words of a server as text."""
    return said.decode(errors="replace") if isinstance(said, bytes) else said
