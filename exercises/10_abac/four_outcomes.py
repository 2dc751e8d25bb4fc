"""Tell four outcomes of a rule apart.

A rule permits or denies *where it applies*. Whether it does, its tests say, and a test may have no answer: an attribute
is missing, or is of another kind. The first try takes that for a yes or a no. A rule of the tea company denies
sensitive documents to devices that IT does not trust. Mallory comes with a device of which nobody knows anything, so
that the test has no answer; the rule does not fire, and she reads next year's prices.

What can't be read is no guess. The fourth outcome says so: *indeterminate*.
(XACML 3.0, 7.11; NIST SP 800-162, 2.3; OWASP ASVS 5.0, 16.5.3; CWE-636, CWE-754)
"""

from typing import Any


def outcome_of(effect: str, when: Any) -> str:
    """Return what one rule says: its `effect`, "not applicable", or "indeterminate".

    `effect` is "permit" or "deny": what the rule says where it applies. `when` is its condition, in which all tests
    have been made already. It is one of these:

        True, False                      a test that holds, or does not
        a text                           a test without an answer; the text says why
        {"all": [part, part, …]}         holds where each part does
        {"any": [part, part, …]}         holds where one part does
        {"not": part}                    holds where the part does not

    outcome_of("deny", {"all": [True, {"not": "context.device_trusted is missing"}]})  →  "indeterminate"
    """
    # TODO: A rule that applies has its effect, one that does not is "not applicable", and one of which that can't be
    #       said is "indeterminate": a test without an answer, or a condition that is none of the above (an empty list
    #       as well), or an effect that is neither of the two. Read parts from left to right. Once a part has decided,
    #       what stands behind it is not needed: in {"all": [False, …]} nothing else counts, nor in {"any": [True, …]}.
    #       Whether a part may still decide behind one without an answer, {"all": ["…", False]}, is yours to choose.
    return effect if holds(when) else "not applicable"


def holds(when: Any) -> bool:
    """Return whether a condition holds."""
    if isinstance(when, dict):
        if "not" in when:
            return not holds(when["not"])
        if "all" in when:
            return all(holds(part) for part in when["all"])
        return any(holds(part) for part in when.get("any", []))

    return bool(when)
