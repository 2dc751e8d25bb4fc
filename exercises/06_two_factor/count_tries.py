"""Count the tries on the account.

Six digits are a million codes, and two of them are right at any moment. The shop gives each login five tries. So
Mallory, who has the password, logs in anew after every five, and again, for as long as it takes; or she uses the API's
door beside the login, or, with one try left, sends two guesses at once.

An account has five tries in a quarter of an hour. Whoever is let in is forgiven: the shop then forgets what was counted
as "second step".  (OWASP ASVS 5.0, 6.3.1; RFC 4226, 7.3; CWE-307)
"""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    """Tell whether one more code may be tried, before it is looked at; labsrv/kit/attempts.py counts by kinds.

    `visit_id` is the login's, or "api" at the API's door. `attempts.note(kind, who)` counts one more and returns how
    many there are now, within a quarter of an hour. The shop itself counts "texts".
    """
    # TODO: Nobody gets more tries by beginning anew, by another door, or in the same moment. Count under the kind
    # "second step" and the user's name: that is what the shop forgets.
    return attempts.note("login", visit_id) <= MOST
