"""Compare values of one kind, and say so where there is no answer.

The tea company's policy compares attributes: what Mallory may sign is `resource.amount` at most `subject.limit`. The
first try writes both down and compares what stands there. Her limit is 900, the contract with the café is over
10,000, and `"10000" <= "900"`: she signs it. And somebody who is of no department reads what belongs to none.

A comparison that makes no sense has no answer. Raise an error: whoever evaluates the rule notes it, and refuses.
(CWE-843, CWE-1287; OWASP ASVS 5.0, 2.2.1)
"""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    """Return whether `left` operator `right`: True, False, or a `TypeError` where there is no answer.

    "equal"      two texts, two numbers, or two booleans         compare("equal", "sales", "sales")  →  True
    "less"       two numbers, whole or not                       compare("less", 9, 10.5)            →  True
    "at most"    two numbers                                     compare("at most", 10, 10)          →  True
    "at least"   two numbers                                     compare("at least", 2, 3)           →  False
    "in"         a text, and a list of texts                     compare("in", "hr", ["hr", "it"])   →  True

    An attribute that is missing comes as None.
    """
    # TODO: Whatever is not in the table above has no answer, and `raise TypeError("…")` says so: values of two kinds,
    #       a kind that the operator is not for, something that is missing, an operator that nobody knows. Texts are
    #       equal if they are the same in every character. To Python, True is a number, and here it is none:
    #       `isinstance(value, bool)` tells which it is.
    if operator == "in":
        return left in right

    one, other = str(left), str(right)
    if operator == "equal":
        return one == other
    if operator == "less":
        return one < other
    if operator == "at most":
        return one <= other
    return one >= other
