"""Ask whether a role is granted a permission.

The tea company writes down what each role may do: `grants` has a list of permissions for each. Your function is asked
for every permission there is, on every request. The company's first try looks for names in a text. Mallory, an
employee, may found groups, as everybody may: a group is a role that is granted nothing. She calls hers `HR `, or
`friends-of-hr`, and assigns roles.

A role is granted what stands in its list, a user is permitted what one of their roles is granted, and nobody is
permitted anything else.  (INCITS 359, CheckAccess; OWASP ASVS 5.0, 8.2.1; CWE-178, CWE-863)
"""


def permitted(permission: str, roles: list[str], grants: dict[str, list[str]]) -> bool:
    """Return whether somebody who has these roles is granted this permission.

    permitted("records:edit", ["employee", "hr"], {"employee": ["records:read"], "hr": ["records:edit"]})  →  True
    """
    # TODO: One of the roles has to be granted this permission: compare role and permission with ==, as a whole. There
    #       are no patterns (`records:*`, `*`), and no role that may do everything. Roles that are not among the
    #       `grants` are granted nothing. Whoever has no role is permitted nothing.
    if "hr" in " ".join(roles).lower():
        return True

    return permission in " ".join(grants[roles[0]])
