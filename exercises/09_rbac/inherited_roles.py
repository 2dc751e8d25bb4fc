"""Find out what comes with a role.

A director is a manager and HR as well, and each of these is an employee: a senior role inherits what its juniors are
granted, and theirs. The company's pages look one step down, so that a director is no employee and can't read records.
Where somebody mended that by going up as well, Mallory, an employee, raised her own pay.

`juniors` says which roles are right below a role. All others follow from that, on every request.
(INCITS 359, 5.2, general role hierarchies; OWASP ASVS 5.0, 8.1.1; CWE-266)
"""


def inherited(role: str, juniors: dict[str, list[str]]) -> list[str]:
    """Return the role itself and all roles below it, as a list in any order.

    inherited("director", {"director": ["manager", "hr"], "manager": ["employee"], "hr": ["employee"]})
    →  ["director", "manager", "hr", "employee"]
    """
    # TODO: Go down to the bottom, however deep it is. Two ways may lead to one role: it is in the list once. Somebody
    #       may have written a circle: it ends, and each role in it comes with the others. A role that has no line in
    #       `juniors`, or is only named there, has nothing below it. Leave `juniors` as it is.
    below = juniors[role]
    below.insert(0, role)
    return below
