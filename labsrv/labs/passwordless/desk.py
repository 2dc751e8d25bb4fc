"""What all of the shop's pages need: who is there, how people are reached, and the links that they are sent."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Request, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.accounts import Accounts
from labsrv.kit.attempts import Attempts
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.services import Services
from labsrv.kit.sessions import Sessions
from labsrv.kit.store.collection import Collection, Document

SESSION, ASKED = "__Host-sid", "__Host-asked"
COOKIE: dict[str, Any] = {"secure": True, "httponly": True, "samesite": "Lax", "path": "/"}
SENT = "If that address belongs to a customer, a mail is on its way."
PASSWORD_TRIES = 10
LETTER = """Hello {user},

here is the link that somebody asked the tea shop for:

{link}

It works once, within ten minutes, in the browser that asked for it.
If that was not you, do nothing.
"""


@dataclass(frozen=True)
class Desk:
    """Who is there, and how people are reached."""

    lab: Services
    accounts: Accounts
    sessions: Sessions
    attempts: Attempts
    may_send_decision: Callable[[Attempts, str, str], bool]

    @classmethod
    def of(cls, lab: Services, may_send: Callable[[Attempts, str, str], bool]) -> "Desk":
        """Return the desk over a lab's services; its sessions are sound ones."""
        sessions = Sessions(lab.db.sessions, new_id=lambda user: secret(), fingerprint=fingerprint, now=lab.clock.now)
        attempts = Attempts(lab.db.attempts, lab.clock.now)
        return cls(lab, Accounts(lab.db.users, lab.hasher), sessions, attempts, may_send)

    def recognise(self) -> None:
        """Find the visitor's session and user."""
        g.session = self.sessions.find(request.cookies.get(SESSION))
        user = self.accounts.get(g.session.user) if g.session else None
        g.user = user if user and not user.disabled else None

    def welcome(self, name: str) -> AnyResponse:
        """Log somebody in, with a new session in place of the one there (ASVS 7.2.4)."""
        if g.session:
            self.sessions.delete(g.session)
        response = redirect(url_for("account"), 303)
        response.set_cookie(SESSION, self.sessions.create(name).id, **COOKIE)
        return response

    def goodbye(self) -> AnyResponse:
        """Log somebody out."""
        if g.session:
            self.sessions.delete(g.session)
        response = redirect(url_for("home"), 303)
        response.delete_cookie(SESSION, **COOKIE)
        return response

    def find(self, address: str) -> str | None:
        """Return the name of the customer with this address, or None."""
        row = self.lab.db.contacts.find_one({"_id": canonical(address)})
        return row["user"] if row else None

    def address_of(self, user: str) -> str:
        """Return where the shop writes to a customer: what it knows of them, never what somebody typed.

        Raises `LookupError` for what is no customer's name.
        """
        row = self.lab.db.contacts.find_one({"user": user})
        if row:
            return str(row["_id"])

        raise LookupError(f"{user!r} is no customer's name, and a letter goes to a customer by name.")

    def phone_of(self, user: str) -> str:
        """Return the number of a customer's phone."""
        return str(self.lab.db.contacts.find_one({"user": user})["phone"])

    def may_send(self, address: str) -> bool:
        """Return whether one more message may go to an address."""
        return self.may_send_decision(self.attempts, canonical(address), request.remote_addr or "")

    def may_try(self, name: str) -> bool:
        """Return whether one more password may be tried."""
        return self.attempts.note("password", name) <= PASSWORD_TRIES


@dataclass(frozen=True)
class Links:
    """Links by mail: how they are made, sent, shown and used."""

    desk: Desk
    issue: Callable[[Collection, str, str, datetime], str]
    take_row: Callable[[Collection, str, datetime], Document | None]
    from_same_browser: Callable[[Mapping[str, Any], Request], bool]
    base_url: Callable[[Request, str], str]
    send: Callable[[Callable[[str], str | None], Callable[[str], str], str], str]

    def answer(self, page: str, table: Collection, route: str, subject: str) -> AnyResponse:
        """Send a link if the address is a customer's, answer in any case, and know this browser again."""
        address = request.form.get("address", "")
        asked = request.cookies.get(ASKED) or secret()

        def post(user: str) -> str:
            token = self.issue(table, user, fingerprint(asked), self.desk.lab.clock.now())
            link = self.base_url(request, self.desk.lab.url("shop", "")) + url_for(route, token=token)
            self.desk.lab.mail.send(self.desk.address_of(user), subject, LETTER.format(user=user, link=link))
            return link

        words = self.send(self.desk.find, post, address) if self.desk.may_send(address) else SENT
        response = make_response(render_template(page, said=words))
        response.set_cookie(ASKED, asked, **COOKIE)
        return response

    def landing(self, table: Collection, token: str) -> tuple[str, int]:
        """Show the page of a link: a button for the browser that asked for it, and nothing is used up."""
        row = table.find_one({"_id": fingerprint(token)})
        if row is None:
            return render_template("spent.html"), 410
        if self.from_same_browser(row, request):
            return render_template("landing.html", token=token), 200

        return render_template("elsewhere.html"), 403

    def take(self, table: Collection, token: str) -> str | None:
        """Use a link up, whoever comes with it, and return its owner if it is the browser that asked."""
        row = self.take_row(table, token, self.desk.lab.clock.now())

        if row and self.from_same_browser(row, request):
            return str(row["user"])

        return None

    def forget(self, user: str) -> None:
        """Make every link and code void that a customer was sent."""
        for table in (self.desk.lab.db.links, self.desk.lab.db.resets, self.desk.lab.db.codes):
            table.delete_many({"user": user})


def canonical(address: str) -> str:
    """Return an address as it is counted and looked for: capital letters and blanks around it make no other."""
    return address.strip().lower()[:254]


def secret() -> str:
    """Return 256 bits that nobody can guess."""
    return secrets.token_urlsafe(32)
