"""The shop's gate: whose attempt is it, have there been too many, and which devices are known?"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import Request, g, request
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection

COOKIE: dict[str, Any] = {"secure": True, "httponly": True, "samesite": "Lax", "path": "/"}
DEVICE = "__Host-device"
KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True)
class LoginGate:
    """Whose attempt is it, and have there been too many?"""

    attempts: Attempts
    devices: Collection
    source_of: Callable[[Request], str]
    known_device: Callable[[Collection, str | None, str], str | None]
    may_try: Callable[[Attempts, str, str, str | None], bool]
    forgive: Callable[[Attempts, str, str, str | None], None]

    def opens_for(self, name: str) -> bool:
        """Count an attempt at this account, and say whether it may go on: before anything is hashed (ASVS 6.3.1)."""
        g.device = self.known_device(self.devices, request.cookies.get(DEVICE), name)
        g.source = self.source_of(request)
        return self.may_try(self.attempts, name, g.source, g.device)

    def let_in(self, name: str) -> None:
        """Note that the attempt was a good one."""
        self.forgive(self.attempts, name, g.source, g.device)

    def remember(self, name: str, response: AnyResponse) -> None:
        """Give the device a cookie by which this account's logins know it again."""
        if g.device is None:
            cookie = secret()
            self.devices.insert_one({"_id": fingerprint(cookie), "user": name})
            response.set_cookie(DEVICE, cookie, max_age=KNOWN_FOR, **COOKIE)


def secret() -> str:
    """Return 256 bits that nobody can guess."""
    return secrets.token_urlsafe(32)


def fingerprint(cookie: str) -> str:
    """Return what the store keeps in a cookie's place."""
    return sha256(cookie.encode()).hexdigest()
