"""Caught by: test_whoever_was_in_is_out. Ends a session, the one that began last."""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    accounts.set_password(owner, form["password"])
    forget_links(owner)
    for row in sessions.of(owner)[-1:]:
        sessions.rows.delete_one({"_id": row["_id"]})
