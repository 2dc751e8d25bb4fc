"""Count guesses where they cannot be begun anew.

A million codes are few. This shop allows five guesses at each code. Mallory guesses five times, asks for another
code, and guesses five times again. She also sends twenty guesses at the same moment.

Allow five guesses at one account in a quarter of an hour, over all its codes, from wherever they come.
(OWASP ASVS 5.0, 6.6.3; CWE-307, CWE-367)
"""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    """Tell whether one more guess may be compared; `account` is whose code it is, `challenge` which of its codes.

    labsrv/kit/attempts.py counts by a kind and a name, for a quarter of an hour. `attempts.note(kind, who)` counts one
    more and returns how many there are now, to no two callers the same; `attempts.seen(kind, who)` counts none.
    The shop itself has the kinds "address" and "source" for its mails, and "password".
    """
    # TODO: Nobody gets more than five guesses at an account, not even at the same moment.
    if attempts.seen("challenge", challenge) >= TRIES:
        return False

    attempts.note("challenge", challenge)
    return True
