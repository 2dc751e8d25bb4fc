"""A table of operators, each with the kinds that it is for; whoever is in no line raises by being looked up."""

import operator as op

KINDS = {str: "text", bool: "boolean", int: "number", float: "number"}
TABLE = {
    ("equal", "text", "text"): op.eq,
    ("equal", "number", "number"): op.eq,
    ("equal", "boolean", "boolean"): op.eq,
    ("less", "number", "number"): op.lt,
    ("at most", "number", "number"): op.le,
    ("at least", "number", "number"): op.ge,
    ("in", "text", "list"): lambda one, many: one in many,
}


def compare(operator, left, right):
    return TABLE[operator, kind(left), kind(right)](left, right)


def kind(value):
    for each in type(value).__mro__:
        if each in KINDS:
            return KINDS[each]
    return "list" if isinstance(value, list) else "none"
