"""Change a password for whoever knows the one of today.

Alice fetches a cup of tea and leaves her laptop open. Mallory sits down, chooses a new password for her, and leaves:
now the account is Mallory's, on every machine. At home she does not even need the laptop. The form has a hidden field
with the customer's name, meant for password managers, and the shop changes whose it says.

A password is changed by somebody who knows the current one, and it is their own.  (OWASP ASVS 5.0, 6.2.3; CWE-620,
CWE-639)
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    """Change the password as the form says, and return True; or change nothing, and return False.

    `user` is logged in. The form has `name`, `current` and `new`, as whoever sent it wrote them.
    """
    # TODO: Only the user's own password is changed, and only by somebody who knows it. A form that says another name
    # may be refused, or be taken for the user's.
    accounts.set_password(form["name"], form["new"])
    return True
