"""The differences between two questions are listed by where they are, and only one of them may be there."""

MISSING = object()


def still_good(kept, question, policy, now):
    if kept["policy"] != policy:
        return False
    if kept["at"] > now:
        return False
    if (now - kept["at"]).days or (now - kept["at"]).seconds >= 30:
        return False
    return set(differences(kept["question"], question)) <= {("context", "now")}


def differences(one, other, path=()):
    if isinstance(one, dict) and isinstance(other, dict):
        for name in {*one, *other}:
            yield from differences(one.get(name, MISSING), other.get(name, MISSING), (*path, name))
    elif one is MISSING or other is MISSING or type(one) is not type(other) or one != other:
        yield path
