"""Set another password for whoever could read the mailbox."""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    """Change the password of the link's owner, and end whatever was open before (ASVS 6.4.3, 7.4.3)."""
    accounts.set_password(owner, form["password"])
    sessions.delete_all(owner)
    forget_links(owner)
