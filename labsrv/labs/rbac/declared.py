"""The access policy of the staff's pages, as data: roles, what they grant, what they keep apart, what endpoints need.

Terms as in INCITS 359-2012: users are assigned roles, roles are granted permissions, a session has some of its user's
roles active, a senior role inherits what its juniors are granted.
"""

PUBLIC = "public"  # strangers as well
LOGGED_IN = "logged in"  # whoever has a session, whatever their roles

BRANCHES = ("harbour", "hill")  # tenants: what belongs to one is no business of the other's

# Permissions by role. What a role inherits is not repeated here.
GRANTS = {
    "employee": ["records:read", "slips:read", "groups:found"],
    "manager": ["records:edit", "raises:read", "raises:prepare"],
    "hr": ["records:edit", "records:delete", "raises:read", "raises:prepare", "roles:read", "roles:assign"],
    "payroll": ["raises:read", "raises:approve"],
    "auditor": ["raises:read", "roles:read", "log:read"],
    "director": ["raises:approve"],
}
PERMISSIONS = sorted({each for granted in GRANTS.values() for each in granted})

# The roles right below a role: a senior role may whatever its juniors may.
JUNIORS = {
    "employee": [],
    "manager": ["employee"],
    "hr": ["employee"],
    "payroll": ["employee"],
    "auditor": ["employee"],
    "director": ["manager", "hr"],
}

# Separation of duty (INCITS 359, 5.3 and 5.4): of `roles`, nobody has `n` or more. Static: assigned to one user.
STATIC = [
    {"roles": ["payroll", "auditor"], "n": 2},
    {"roles": ["manager", "hr", "payroll", "auditor"], "n": 3},
]
# Dynamic: active in one session.
DYNAMIC = [{"roles": ["hr", "payroll"], "n": 2}]

# What each endpoint needs, by method. HEAD is GET without a body. What is not in here is needed by nobody: closed.
DECLARED = {
    "home": {"GET": PUBLIC},
    "login": {"GET": PUBLIC},
    "check_login": {"POST": PUBLIC},
    "logout": {"POST": PUBLIC},
    "static": {"GET": PUBLIC},
    "pay": {"GET": "records:read"},
    "pay_record": {"GET": "records:read"},
    "records": {"GET": "records:read"},
    "count": {"GET": "records:read"},
    "export": {"GET": "records:read"},
    "bulk": {"POST": "records:read"},
    "record": {"GET": "records:read", "PATCH": "records:edit", "DELETE": "records:delete"},
    "slips": {"GET": "slips:read"},
    "slip": {"GET": "slips:read"},
    "raises": {"GET": "raises:read", "POST": "raises:prepare"},
    "approve": {"POST": "raises:approve"},
    "roles": {"GET": "roles:read", "POST": "roles:assign"},
    "role": {"DELETE": "roles:assign"},
    "groups": {"POST": "groups:found"},
    "session": {"GET": LOGGED_IN},
    "active_roles": {"POST": LOGGED_IN, "DELETE": LOGGED_IN},
    "log": {"GET": "log:read"},
}
