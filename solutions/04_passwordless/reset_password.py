from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    # The owner comes from the link's row: a form says what its sender likes.
    accounts.set_password(owner, form["password"])

    # Whoever was in, or has a way in, may be the reason for the new password.
    sessions.delete_all(owner)
    forget_links(owner)
