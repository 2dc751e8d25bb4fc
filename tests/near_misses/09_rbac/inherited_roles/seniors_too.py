"""Caught by: test_it_goes_down_to_the_bottom. Whoever is related to a role comes with it."""


def inherited(role, juniors):
    found, left = [], [role]
    while left:
        each = left.pop()
        if each not in found:
            found.append(each)
            left += juniors.get(each, [])
    return found + [each for each in juniors if role in juniors[each] and each not in found and juniors[role]]
