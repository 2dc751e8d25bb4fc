"""Caught by: test_a_field_of_the_form_names_nobody. Does all of it, to whomever the form names."""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    user = form.get("user") or owner
    accounts.set_password(user, form["password"])
    sessions.delete_all(user)
    forget_links(user)
