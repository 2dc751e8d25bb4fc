"""Somebody's phone: an authenticator app with several accounts, and text messages.

    phone = lab.phone(lab.alice)
    phone.scan(uri)             what the camera reads off a QR code
    phone.code()                what the app shows now, on the lab's clock
    phone.lost = True           from now on it answers nothing

Exercises ask for what the app can do, so no submission may import it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.clock import Clock
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.mail.sms import Sms, TextMessage
from labsrv.kit.people import Person
from labsrv.kit.phone.codes import code_at, step_at

MOST_ACCOUNTS = 50


class LostPhone(SaidPlainly, LookupError):
    """The phone is lost: it answers nothing."""


@dataclass
class PhoneAccount:
    """One account in the app. `count` is the count that HOTP goes on with, `shown` the one whose code it shows."""

    otpauth: Otpauth
    count: int
    shown: int | None = None

    @property
    def label(self) -> str:
        """Return issuer and name: `Tea shop: alice`."""
        return self.otpauth.label


class Handset:
    """One person's phone. `listeners` are called when it changes: an account, a code, lost or found."""

    def __init__(self, owner: Person, sms: Sms, clock: Clock):
        self.owner = owner
        self.number = owner.phone
        self.clock = clock
        self.listeners: list[Callable[[], None]] = []
        self._sms = sms
        self._accounts: list[PhoneAccount] = []
        self._lost = False
        self._lock = threading.RLock()

    @property
    def lost(self) -> bool:
        """Return whether it is lost. Found again, it is as it was."""
        return self._lost

    @lost.setter
    def lost(self, lost: bool) -> None:
        self._lost = bool(lost)
        self._tell()

    @property
    def accounts(self) -> list[PhoneAccount]:
        """Return the accounts in the app, in the order in which they came."""
        self._answer()
        return list(self._accounts)

    @property
    def texts(self) -> list[TextMessage]:
        """Return the text messages, oldest first."""
        self._answer()
        return self._sms.inbox(self.number)

    def scan(self, uri: str) -> PhoneAccount:
        """Add the account of a QR code; one of the same issuer and name gives way. Raises `BadOtpauth`."""
        self._answer()
        otpauth = Otpauth.parse(uri)
        with self._lock:
            others = [each for each in self._accounts if each.label != otpauth.label]
            if len(others) >= MOST_ACCOUNTS:
                raise ValueError(f"The app keeps at most {MOST_ACCOUNTS} accounts.")
            account = PhoneAccount(otpauth, otpauth.counter)
            self._accounts = [*others, account]
        self._tell()
        return account

    def remove(self, account: Any = None) -> None:
        """Remove an account from the app."""
        with self._lock:
            self._accounts.remove(self.account(account))
        self._tell()

    def account(self, wanted: Any = None) -> PhoneAccount:
        """Return an account by itself, its label or its issuer, or the newest. Raises `LookupError`."""
        for each in reversed(self.accounts):
            if wanted is None or each is wanted or wanted in (each.label, each.otpauth.issuer):
                return each

        named = "" if wanted is None else f" {wanted!r}"
        raise LookupError(f"{self.owner.name}'s app has no account{named}: scan the QR code first.")

    def code(self, account: Any = None) -> str:
        """Return the code that the app shows now; for HOTP the last one, or the first."""
        with self._lock:
            found = self.account(account)
            if found.otpauth.kind == "totp":
                return code_at(found.otpauth, step_at(found.otpauth, self.clock.time()))
            return self.next_code(found) if found.shown is None else code_at(found.otpauth, found.shown)

    def next_code(self, account: Any = None) -> str:
        """Return the next code: HOTP counts on, TOTP tells what it will show when the ring is empty."""
        with self._lock:
            found = self.account(account)
            if found.otpauth.kind == "totp":
                return code_at(found.otpauth, step_at(found.otpauth, self.clock.time()) + 1)
            found.shown, found.count = found.count, found.count + 1
            code = code_at(found.otpauth, found.shown)
        self._tell()
        return code

    def _answer(self) -> None:
        if self._lost:
            raise LostPhone(f"{self.owner.name.capitalize()}'s phone is lost: it answers nothing.")

    def _tell(self) -> None:
        for listen in tuple(self.listeners):
            listen()

    def __repr__(self) -> str:
        return f"<Phone of {self.owner.name}, {self.number}{', lost' if self._lost else ''}>"
