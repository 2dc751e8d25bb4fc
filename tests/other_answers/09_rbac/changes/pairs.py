"""It works on pairs, and never makes an object of one that has a name twice."""

import json
import re


def changes(body, user):
    try:
        pairs = json.loads(body, object_pairs_hook=tuple)
    except ValueError:
        return None
    if not isinstance(pairs, tuple) or not pairs:
        return {}

    names = [name for name, _ in pairs]
    mine = {"note"} if "manager" in user["roles"] else set()
    mine |= {"note", "amount", "band"} if "hr" in user["roles"] else set()
    if len(set(names)) != len(names) or not set(names) <= mine:
        return {}
    return dict(pairs) if all(fits(name, value) for name, value in pairs) else {}


def fits(name, value):
    match name, value:
        case "amount", bool():
            return False
        case "amount", int():
            return 1 <= value <= 99_999
        case "band", str():
            return re.fullmatch("[A-E]", value) is not None
        case "note", str():
            return len(value) <= 200 and value.isprintable()
    return False
