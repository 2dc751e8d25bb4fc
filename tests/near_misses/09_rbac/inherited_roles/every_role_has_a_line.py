"""Caught by: test_a_role_without_a_line_has_nothing_below. A role that is named has a line."""


def inherited(role, juniors):
    found, left = [], [role]
    while left:
        each = left.pop()
        if each not in found:
            found.append(each)
            left += juniors[each]
    return found
