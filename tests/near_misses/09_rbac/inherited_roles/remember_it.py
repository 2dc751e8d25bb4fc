"""Caught by: test_asking_changes_nothing. Worked out once for each role."""

KNOWN = {}


def inherited(role, juniors):
    if role not in KNOWN:
        found, left = [], [role]
        while left:
            each = left.pop()
            if each not in found:
                found.append(each)
                left += juniors.get(each, [])
        KNOWN[role] = found
    return KNOWN[role]
