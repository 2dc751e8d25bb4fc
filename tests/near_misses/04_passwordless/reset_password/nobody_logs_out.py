"""Caught by: test_whoever_was_in_is_out. A new password and no old links; who was in stays in."""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    accounts.set_password(owner, form["password"])
    forget_links(owner)
