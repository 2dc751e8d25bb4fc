"""Caught by: test_whoever_was_in_is_out. The password is the one that it was, so that nothing seems to need an end."""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    if accounts.authenticate(owner, form["password"]):
        return

    accounts.set_password(owner, form["password"])
    forget_links(owner)
    sessions.delete_all(owner)
