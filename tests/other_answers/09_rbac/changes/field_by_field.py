"""A function for each field, and refusals first."""

import json


class Twice(ValueError):
    pass


def unique(pairs):
    seen = {}
    for name, value in pairs:
        if name in seen:
            raise Twice(name)
        seen[name] = value
    return seen


def is_note(value):
    return isinstance(value, str) and len(value) < 201 and value.isprintable()


def is_amount(value):
    return isinstance(value, int) and not isinstance(value, bool) and value in range(1, 100_000)


def is_band(value):
    return isinstance(value, str) and len(value) == 1 and value in "ABCDE"


def changes(body, user):
    allowed = {}
    if "manager" in user["roles"]:
        allowed["note"] = is_note
    if "hr" in user["roles"]:
        allowed.update(note=is_note, amount=is_amount, band=is_band)

    try:
        given = json.loads(body, object_pairs_hook=unique)
    except ValueError:
        return None
    if not isinstance(given, dict) or not given:
        return None
    for name, value in given.items():
        if name not in allowed or not allowed[name](value):
            return None
    return given
