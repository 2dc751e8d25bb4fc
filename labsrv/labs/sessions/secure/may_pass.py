"""Deny by default: name what is public, guard the rest."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    """Let strangers into the public routes only, known by the name of the route (ASVS 8.3.1)."""
    return request.endpoint in PUBLIC or user is not None
