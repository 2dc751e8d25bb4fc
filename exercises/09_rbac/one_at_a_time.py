"""Activate a role in a session: one's own, and not beside another that it is kept apart from.

Carol is assigned HR and payroll. She may have either active, and not both in one session: who prepares a raise does not
pay it in the same breath. That is dynamic separation of duty. The company's pages look whether such a role exists, and
activate it. Mallory activates payroll beside HR, prepares a raise and approves it, and her page shows roles that nobody
ever assigned to her.

A constraint names roles and a number n, the first that is forbidden: no session has n or more of them active.
(INCITS 359, 5.4, dynamic separation of duty relations, and AddActiveRole; OWASP ASVS 5.0, 8.2.1; CWE-269)
"""

from typing import Any


def may_activate(
    active: list[str], wanted: str, assigned: list[str], below: dict[str, list[str]], constraints: list[dict[str, Any]]
) -> bool:
    """Return whether the role `wanted` may become active in a session in which those in `active` are.

    `assigned` has the roles that are assigned to the session's user, `below` for each role that there is a list of all
    that comes with it, itself among them. Groups that people found (a group: a role of any name, granted nothing) are
    not in `below`, and bring nothing along.
    `constraints` is a list: [{"roles": ["hr", "payroll"], "n": 2}, …].
    """
    # TODO: The role has to be in `assigned`, by that very name: what would only come with one of them is not activated
    #       by itself. Judge what would be active in the end: the active roles and the wanted one, each with all that
    #       comes with it, and each counted once. Of no constraint's roles may that be n or more. What is assigned and
    #       not active does not count.
    return wanted in below or wanted in active
