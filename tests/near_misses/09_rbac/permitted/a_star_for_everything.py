"""Caught by: test_a_permission_is_that_very_name. As one knows it from files."""

from fnmatch import fnmatchcase


def permitted(permission, roles, grants):
    return any(fnmatchcase(permission, pattern) for role in roles for pattern in grants.get(role, []))
