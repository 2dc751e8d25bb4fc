"""Caught by: test_it_goes_down_to_the_bottom. The company has three storeys."""


def inherited(role, juniors):
    found = [role, *juniors.get(role, [])]
    for each in juniors.get(role, []):
        found += juniors.get(each, [])
    return list(dict.fromkeys(found))
