"""Have a raise approved by somebody else than who prepared it.

Two people raise pay: one prepares, another approves. The site asks that as a question about roles: whoever prepared a
raise as a manager may not approve it as a manager. Mallory, who is in charge of payroll this month and manager as well,
prepares a raise, drops one role, takes on the other, and approves.

Separation of duty wants two people. Compare people.
(INCITS 359-2012, 5.4: a role apart in a session is not enough; OWASP ASVS 5.0, 2.3.5; CWE-841)
"""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    """Return whether the user may approve a raise, in whichever role and session they ask.

    `raise_` is its row: the `record` and the `amount` it is about, its `owner` (the name of whose pay it is), who it
    was `prepared_by` (a name), the roles in which it was `prepared_as`. `user` has the `name`, `branch`, `roles` and
    `permissions` of who asks; that they may approve raises at all has been looked at. A name is one person's alone,
    and every character of it counts.
    """
    # TODO: Nobody approves what they have prepared. Nobody approves what they get. Anybody else may, even with the
    #       same roles, or a name that looks alike.
    return not {"manager", "hr"} & set(raise_["prepared_as"]) & set(user["roles"])
