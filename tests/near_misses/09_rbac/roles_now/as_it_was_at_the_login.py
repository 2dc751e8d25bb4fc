"""Caught by: test_a_revoked_role_is_gone_at_once. The session knows."""


def roles_of(request, session, staff):
    return session["active"]
