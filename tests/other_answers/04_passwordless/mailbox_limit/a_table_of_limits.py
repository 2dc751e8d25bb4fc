"""Limits in a table; what is over one of them is taken back from all that were counted."""

LIMITS = {"mail to": 5, "mail from": 20}


def may_send(attempts, address, source):
    whom = dict(zip(LIMITS, (address, source), strict=True))
    counted = {kind: attempts.note(kind, whom[kind]) for kind in LIMITS}
    if all(counted[kind] <= most for kind, most in LIMITS.items()):
        return True
    for kind in LIMITS:
        attempts.take_back(kind, whom[kind])
    return False


PER_ADDRESS, PER_SOURCE = LIMITS.values()
