"""The provider's own accounts. A row's `_id` is the subject: drawn once, never given to anybody else (Core, 2).

`_id`, `username`, `name`, `email`, `email_verified`, `password_hash`, `totp_secret`, `used_step`,
    `disabled`
"""

import re
import secrets
from typing import Any

from labsrv.kit.common_passwords import COMMON
from labsrv.kit.passwords import Hashes
from labsrv.kit.people import Person
from labsrv.kit.store import Collection

USERNAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 256

# Which claims a scope stands for (OpenID Connect Core, 5.4).
CLAIMS = {"profile": ("name", "preferred_username"), "email": ("email", "email_verified")}


class People:
    """The accounts by subject."""

    def __init__(self, rows: Collection, hasher: Hashes):
        self.rows = rows
        self.hasher = hasher

    def add(self, person: Person, *, email_verified: bool = True, totp_secret: str = "") -> str:
        """Open an account for somebody, and return its subject."""
        known = {"name": person.name.title(), "email": person.email, "email_verified": email_verified}
        hashed = person.known_hash or self.hasher.hash(person.password)
        return self.open(username=person.name, password_hash=hashed, totp_secret=totp_secret, **known)

    def open(self, **known: Any) -> str:
        """Write an account down, and return its subject."""
        empty = {"username": "", "name": "", "email": "", "email_verified": False, "password_hash": ""}
        empty |= {"disabled": False}
        row = {"_id": secrets.token_urlsafe(12), **empty, "totp_secret": "", "used_step": -1, **known}
        self.rows.insert_one(row)
        return str(row["_id"])

    def get(self, sub: str) -> dict[str, Any] | None:
        """Return the account of this subject, or None."""
        found: dict[str, Any] | None = self.rows.find_one({"_id": sub})
        return found

    def named(self, login: str) -> dict[str, Any] | None:
        """Return the account that somebody means by a name, or by an address that is known to be theirs."""
        wanted = {"email": login, "email_verified": True} if "@" in login else {"username": login}
        found: dict[str, Any] | None = self.rows.find_one(wanted) if login else None
        return found

    def authenticate(self, login: str, password: str) -> dict[str, Any] | None:
        """Return the account whose name and password these are; strangers cost the same work (ASVS 6.3.8)."""
        account = self.named(login)
        hashed = account["password_hash"] if account else ""
        matches = self.hasher.verify(hashed or self.hasher.decoy, password[:LONGEST_PASSWORD])

        # Who came here from another provider has no password of ours, and the decoy is nobody's.
        if account and hashed and matches and not account["disabled"]:
            return account

        return None

    def sign_up(self, username: str, email: str, password: str) -> str:
        """Open an account for a stranger and return its subject; raises `ValueError` with what to change.

        The address is what they say it is: nobody has written to it yet, so it is not verified.
        """
        if not USERNAME.fullmatch(username):
            raise ValueError("A name consists of letters, digits, dots, dashes and underscores.")
        if not EMAIL.fullmatch(email):
            raise ValueError("That is no e-mail address.")
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise ValueError(f"A password has {SHORTEST_PASSWORD} characters at least.")
        if password.lower() in COMMON:
            raise ValueError("That password is one of the first that anybody would try. Choose another one.")
        if self.named(username):
            raise ValueError("That name is taken.")

        hashed = self.hasher.hash(password)
        return self.open(username=username, name=username.title(), email=email, password_hash=hashed)


def claims_of(account: dict[str, Any], scope: str) -> dict[str, Any]:
    """Return the claims that these scopes ask for, those that there are (OpenID Connect Core, 5.4)."""
    names = [name for each in scope.split(" ") for name in CLAIMS.get(each, ())]
    known = account | {"preferred_username": account["username"]}
    return {name: known[name] for name in names if known[name] != ""}
