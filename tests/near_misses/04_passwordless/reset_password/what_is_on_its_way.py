"""Caught by: test_what_was_sent_before_is_void. Sessions are over, and a link in the mail begins another."""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    accounts.set_password(owner, form["password"])
    sessions.delete_all(owner)
