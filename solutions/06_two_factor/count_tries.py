"""Count the tries on the account."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    """Tell whether one more code may be tried, before it is looked at; labsrv/kit/attempts.py counts by kinds.

    `visit_id` is the login's, or "api" at the app's door. The shop itself counts "texts".
    """
    # The account is what is guessed at: it stays the same, whichever login or door a guess comes by.
    return attempts.note("second step", user) <= MOST
