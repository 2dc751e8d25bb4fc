"""What all of the shop's pages need, and the one door that every way in leads through."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.accounts import Accounts
from labsrv.kit.factors import Factors
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.people import Person
from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.kit.visits import Visit, Visits

SESSION, DEVICE = "__Host-sid", "__Host-device"
COOKIE: dict[str, Any] = {"secure": True, "httponly": True, "samesite": "Lax", "path": "/"}
DEVICE_HOLDS = timedelta(days=30)


@dataclass(frozen=True)
class Shop:
    """The shop's tables, and the door."""

    lab: Services
    needs_second_step: Callable[[str, bool], bool]
    known_device: Callable[[Collection, str | None, str, datetime], bool]
    tell: Callable[[Any, str, str], None]

    @cached_property
    def accounts(self) -> Accounts:
        """Return the table of users."""
        return Accounts(self.lab.db.users, self.lab.hasher)

    @cached_property
    def factors(self) -> Factors:
        """Return the table of apps."""
        return Factors(self.lab.db.factors)

    @cached_property
    def visits(self) -> Visits:
        """Return the table of visits."""
        return Visits(self.lab.db.visits, self.lab.clock.now)

    def misses_a_step(self, user: str, way: str, device_known: bool) -> bool:
        """Return whether somebody who came this way has a second step to make."""
        return self.factors.active(user) is not None and self.needs_second_step(way, device_known)

    def enter(self, user: str, way: str) -> AnyResponse:
        """Let somebody in who has made the first step: to the second one, or to their account."""
        now, device = self.lab.clock.now(), request.cookies.get(DEVICE)
        missing = self.misses_a_step(user, way, self.known_device(self.lab.db.devices, device, user, now))
        # Who skips the second step has not shown who they are: only that their device was here before.
        proved = missing or self.factors.active(user) is None
        self.visits.end(g.visit)
        return self.welcome(self.visits.begin(user, full=not missing, proved=proved))

    def welcome(self, visit: Visit) -> AnyResponse:
        """Send a visitor on, with the cookie of their visit: a new one at each step (ASVS 7.2.4)."""
        response = redirect(url_for("account" if visit.full else "second"), 303)
        response.set_cookie(SESSION, visit.id, **COOKIE)
        return response

    def remember_device(self, user: str, secret: str, response: AnyResponse) -> None:
        """Give this device a secret by which it is known for thirty days."""
        until = self.lab.clock.now() + DEVICE_HOLDS
        self.lab.db.devices.insert_one({"_id": fingerprint(secret), "user": user, "until": until})
        response.set_cookie(DEVICE, secret, max_age=DEVICE_HOLDS, **COOKIE)

    def tell_owner(self, user: str, change: str) -> None:
        """Write to the owner of an account that something in it was changed."""
        self.tell(self.lab.mail, email_of(user), change)


def email_of(user: str) -> str:
    """Return the mail address of an account."""
    return Person(user, "").email


def number_of(user: str) -> str:
    """Return the phone number of an account."""
    return Person(user, "").phone
