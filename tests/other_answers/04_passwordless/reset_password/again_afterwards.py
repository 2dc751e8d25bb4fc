"""It does all of it twice, since somebody may come in while the password is being hashed."""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    def shut_out() -> None:
        forget_links(owner)
        sessions.delete_all(owner)

    shut_out()
    accounts.set_password(owner, form.get("password", ""))
    shut_out()
