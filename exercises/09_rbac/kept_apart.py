"""Keep roles apart that nobody may have together.

Who pays people does not audit the paying, and of manager, HR, payroll and auditor nobody has three. That is static
separation of duty: it is asked when a role is assigned. Mallory works in payroll. She asks the office for one role
more, the auditor's; the next week for the director's, with which manager and HR come along. The office assigns what
it is asked for: its check counts wrongly, and looks at names alone.

A constraint names roles and a number n, the first that is forbidden: nobody has n or more of them.
(INCITS 359, 5.3, static separation of duty relations; OWASP ASVS 5.0, 8.1.1; CWE-266)
"""

from typing import Any


def may_assign(held: list[str], new: str, below: dict[str, list[str]], constraints: list[dict[str, Any]]) -> bool:
    """Return whether somebody who is assigned the roles in `held` may be assigned `new` as well.

    `below` has for each role that there is a list of all that comes with it, itself among them:
    {"director": ["director", "manager", "hr", "employee"], …}. Groups that people found are not in it (a group: a role
    of any name, granted nothing).
    `constraints` is a list: [{"roles": ["payroll", "auditor"], "n": 2}, …].
    """
    # TODO: Judge what the user would have in the end: the roles held and the new one, each with all that comes with it,
    #       and each counted once. Of no constraint's roles may that be n or more. A role that is not in `below` is
    #       assigned to nobody; one that is held may be a group, with which nothing else comes.
    for each in constraints:
        if new in each["roles"] and sum(role in each["roles"] for role in held) > each["n"]:
            return False

    return True
