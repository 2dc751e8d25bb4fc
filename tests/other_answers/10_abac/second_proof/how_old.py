"""One reason after the other that it does not count; its age in seconds."""

FIVE_MINUTES = 5 * 60


def is_confirmed(proof, session, now):
    if not proof:
        return False
    if proof["user"] != session["user"]:
        return False
    if proof["session"] != session["id"]:
        return False
    if proof["at"] < session["began"]:
        return False
    age = (now - proof["at"]).total_seconds()
    return age >= 0 and age < FIVE_MINUTES
