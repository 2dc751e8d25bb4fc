"""Caught by: test_two_ways_lead_to_a_role_once. Looked at once, and put on the list twice."""


def inherited(role, juniors):
    found, left, seen = [], [role], set()
    while left:
        each = left.pop()
        found.append(each)
        if each not in seen:
            seen.add(each)
            left += juniors.get(each, [])
    return found
