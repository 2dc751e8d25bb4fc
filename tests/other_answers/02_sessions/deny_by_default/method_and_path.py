"""What is public is written as methods and paths; the static files are not among it, since no page has any."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {
    ("GET", "/"),
    ("HEAD", "/"),
    ("POST", "/basket"),
    ("GET", "/login"),
    ("HEAD", "/login"),
    ("POST", "/login"),
    ("POST", "/logout"),
}


def may_pass(request: Request, user: User | None) -> bool:
    if user is not None:
        return True
    return (request.method, request.path) in PUBLIC
