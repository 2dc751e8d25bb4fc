"""Caught by: test_asking_changes_nothing. The list of juniors is added to, in its place."""


def inherited(role, juniors):
    found = juniors.get(role, [])
    found.append(role)
    for each in found:
        found += [below for below in juniors.get(each, []) if below not in found]
    return list(found)
