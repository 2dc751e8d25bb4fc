"""Caught by: test_two_ways_lead_to_a_role_once. Each way is gone, with its own memory of where it has been."""


def inherited(role, juniors, way=()):
    if role in way:
        return []
    found = [role]
    for each in juniors.get(role, []):
        found += inherited(each, juniors, (*way, role))
    return list(dict.fromkeys(found))
