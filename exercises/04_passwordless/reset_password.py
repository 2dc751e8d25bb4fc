"""Believe a reset link as far as it goes.

A link for a forgotten password proves one thing: whoever has it could read that customer's mailbox a moment ago.
This shop believes more. It changes the password of whomever the form names. It leaves everybody logged in who
was, Mallory too, who is the reason why Alice chooses another password. It leaves the links and codes that were
sent before.

Change the password of the link's owner, and end whatever was open before.
(OWASP ASVS 5.0, 6.4.3 and 7.4.3; CWE-640, CWE-613)
"""

from collections.abc import Callable, Mapping

from labsrv.kit.accounts import Accounts
from labsrv.kit.sessions import Sessions


def reset_password(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    """Set `form["password"]`. `owner` is whose link it was; `forget_links(user)` makes void what a user was sent.

    `accounts.set_password(user, password)` gives a user another one, and labsrv/kit/sessions.py says what can be done
    with sessions, each of which belongs to a user. The link itself is used up by now; the shop mails a notice.
    """
    # TODO: The owner has another password, and nothing that was open or on its way before opens their account.
    user = form.get("user", owner)
    accounts.set_password(user, form["password"])
