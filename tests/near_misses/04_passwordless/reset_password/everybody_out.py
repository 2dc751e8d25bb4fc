"""Caught by: test_bob_is_not_concerned. Ends all sessions there are, to be safe."""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    accounts.set_password(owner, form["password"])
    sessions.rows.delete_many({})
    forget_links(owner)
