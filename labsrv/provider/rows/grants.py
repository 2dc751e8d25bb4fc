"""What a user has given to a client in one login, and all the tokens that come of it.

    grants   `_id`, `sub`, `client_id`, `scope`, `resource`, `sid`, `auth_time`, `acr`, `amr`, `until`
    codes    `_id` a fingerprint, `grant`, `client_id`, `redirect_uri`, `challenge`, `nonce`, `until`, `used`
    tokens   `_id` a fingerprint, `grant`, `client_id`, `kind`, `scope`, `audience`, `issued_at`, `until`, `used`,
             and `jkt`, the key that it is bound to, "" where whoever has it may use it (RFC 9449)

The grant is written before the code is: ending it ends every token of it, also one that is being made at this moment.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


class LoginGrants:
    """The tables of grants, codes and tokens."""

    def __init__(self, grants: Collection, codes: Collection, tokens: Collection, now: Callable[[], datetime]):
        self.grants = grants
        self.codes = codes
        self.tokens = tokens
        self.now = now

    def begin(self, **known: Any) -> dict[str, Any]:
        """Store a grant, and return its row."""
        row = {"_id": secrets.token_urlsafe(12), **known}
        self.grants.insert_one(row)
        return row

    def get(self, grant: str) -> dict[str, Any] | None:
        """Return a grant that has not ended, or None."""
        row = self.grants.find_one({"_id": grant})
        return dict(row) if row and self.now() < row["until"] else None

    def end(self, grant: str) -> None:
        """End a grant: nothing that came of it works any more (RFC 6749, 4.1.2; RFC 7009, 2.1)."""
        self.grants.delete_one({"_id": grant})

    def end_of_client(self, sub: str, client_id: str) -> None:
        """End all that a user has given to a client."""
        self.grants.delete_many({"sub": sub, "client_id": client_id})

    def end_of_session(self, sid: str) -> None:
        """End what was given for as long as the user is logged in.

        What goes on while nobody is there (`offline_access`) goes on (OpenID Connect Back-Channel Logout 1.0, 2.7).
        """
        for row in self.grants.find({"sid": sid}):
            if "offline_access" not in row["scope"].split(" "):
                self.end(row["_id"])

    def issue_code(self, grant: dict[str, Any], life: timedelta, **bound: Any) -> str:
        """Return a code for a grant, bound to what it was asked with."""
        code = secrets.token_urlsafe(32)
        row = {"_id": fingerprint(code), "grant": grant["_id"], "client_id": grant["client_id"]}
        self.codes.insert_one(row | bound | {"until": self.now() + life, "used": False})
        return code

    def keep(self, token: str, grant: dict[str, Any], kind: str, *, until: datetime, **known: Any) -> str:
        """Write a token down, and return it. `known` has its `scope`, `audience` and `jkt`."""
        row = {"_id": fingerprint(token), "grant": grant["_id"], "client_id": grant["client_id"], "kind": kind}
        good = {"audience": "", "jkt": "", "issued_at": self.now(), "until": until, "used": False}
        self.tokens.insert_one(row | good | known)
        return token

    def token(self, token: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """Return the rows of a token and of its grant, each of them if there is one."""
        row = self.tokens.find_one({"_id": fingerprint(token)})
        return row, self.get(row["grant"]) if row else None

    def forget(self, token: dict[str, Any]) -> None:
        """Remove one token."""
        self.tokens.delete_one({"_id": token["_id"]})
