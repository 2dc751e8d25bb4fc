"""Caught by: test_nothing_comes_from_above_or_beside. From what is right below, one way goes on down."""


def inherited(role, juniors):
    found, each = [role], role
    while juniors.get(each) and juniors[each][-1] not in found:
        each = juniors[each][-1]
        found.append(each)
    return found + [junior for junior in juniors.get(role, []) if junior not in found]
