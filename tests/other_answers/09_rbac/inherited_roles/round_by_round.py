"""Adds what is right below, until nothing is new; in the order of the alphabet."""


def inherited(role: str, juniors: dict[str, list[str]]) -> list[str]:
    found = {role}
    while True:
        more = found.union(*(juniors.get(each, []) for each in found))
        if more == found:
            return sorted(found)
        found = more
