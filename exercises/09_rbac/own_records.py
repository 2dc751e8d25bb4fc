"""Put whose records they are into every query.

`records:read` says that employees read records. It does not say whose: Mallory is an employee, and reads everybody's,
in the list, in its count, in the export, by their numbers, and in the slips that hang on them. Each of these places
could look at the owner by itself, and one of them would forget it.

So there is one filter, and it is a part of every query on records and raises. Write it. What it leaves out is not
there for whoever asks: it is neither listed nor counted, and its number is answered with 404.
(OWASP ASVS 5.0, 8.2.2, 8.4.1; OWASP API Security Top 10 2023, API1; CWE-639)
"""

from typing import Any


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    """Return the filter of the records that the user may meet, as MongoDB has it.

    `user` has `name`, `branch`, `roles` (the active ones, and what these inherit) and `permissions`. A record has an
    `owner`, which is a name, and a `branch`. Equality is all you need: `{"owner": "alice", "branch": "hill"}`; there
    are no patterns here (`$regex`, `$expr`).
    """
    # TODO: Whoever is manager, hr, payroll or auditor meets all records of their own branch. Anybody else meets their
    #       own record alone, and that in their branch only: a record of theirs at a former branch belongs to that
    #       branch. Roles are compared as a whole: people found groups, and call them `hr-friends`, or `HR`.
    return {}
