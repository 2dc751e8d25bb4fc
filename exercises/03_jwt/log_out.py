"""Take back what can't be taken back.

Alice logs out. Her app forgets its tokens, and that is all that happens. Mallory copied them a minute before: the
refresh token goes on for a month, and the access token to the end that is written in it. A token that is checked by its
signature alone can't be ended by anybody.

So the shop remembers which logins there are, and looks. (Whoever does that on every request could have a session
instead.)  (OWASP ASVS 5.0, 7.4.1; CWE-613)
"""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    """End the login of the access token with these claims: `sid` is the name of its family of tokens.

    A family is all refresh tokens that descend from one login. What `grants` can do is in labsrv/kit/grants.py.
    """
    # TODO: From now on no refresh token of this login works. Other logins go on.


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    """Return whether an access token with these claims, which is good in all else, is refused.

    `grants.family(name)` is a copy of a family's row, or None once `grants.end(name)` has ended it. Claims may lack
    `sid`.
    """
    # TODO: It is, when the login that it belongs to has ended, or when it names none that there is.
    return False
