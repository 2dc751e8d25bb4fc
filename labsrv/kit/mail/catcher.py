"""The lab's own mail server: it speaks SMTP on loopback, takes mail for everybody, and passes nothing on."""

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from aiosmtpd.smtp import SMTP

from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.mail.route import Route
from labsrv.kit.people import MAIL_DOMAIN

LARGEST = 1024 * 1024  # bytes of one message
MOST_RECIPIENTS = 100
PATIENCE = 30.0  # seconds that a sender may be silent
LOOPBACK = "127.0.0.1"
TURNS = 5  # of the loop, from a connection that was accepted to its session

Keep = Callable[[str, str, bytes], None]


class Catcher:
    """A mail server in a thread of its own, on a port that was free. `keep` gets each (sender, recipient, bytes)."""

    def __init__(self, keep: Keep):
        self.keep = keep
        self.sessions: WeakSet[SMTP] = WeakSet()
        # asyncio sends small replies at once only where the socket says that it is TCP; else each costs 40 ms.
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.socket.bind((LOOPBACK, 0))
        self.route = Route(LOOPBACK, self.socket.getsockname()[1])
        self.ready = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self.serve()), name="mail", daemon=True)
        self.thread.start()
        self.ready.wait(PATIENCE)

    async def serve(self) -> None:
        """Take mail until `stop`."""
        self.loop = asyncio.get_running_loop()
        self.ending = asyncio.Event()
        server = await self.loop.create_server(self.session, sock=self.socket)
        self.ready.set()
        await self.ending.wait()
        server.close()
        # Who was let in a moment ago has a session a few turns later. Then whoever is still connected is cut off.
        for _ in range(TURNS):
            await asyncio.sleep(0)
        for each in list(self.sessions):
            if each.transport:
                each.transport.close()

    def session(self) -> SMTP:
        """Return what speaks with one sender."""
        session = SMTP(
            self,
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            hostname=MAIL_DOMAIN,
            ident="Authlab",
            loop=self.loop,
            timeout=PATIENCE,
        )
        self.sessions.add(session)
        return session

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Take a recipient, as aiosmtpd asks."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"

        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a message for each of its recipients, as aiosmtpd asks."""
        # A report of what could not be delivered comes from nobody, so that nobody answers it (RFC 5321, 4.5.5).
        sender = "" if envelope.mail_from == "<>" else envelope.mail_from
        try:
            for recipient in envelope.rcpt_tos:
                self.keep(sender, recipient, envelope.original_content)
        except Undelivered as full:
            return f"452 4.2.2 {full}"

        return "250 2.0.0 Kept"

    def stop(self) -> None:
        """Stop serving, and wait until the port is free."""
        self.loop.call_soon_threadsafe(self.ending.set)
        self.thread.join(PATIENCE)
