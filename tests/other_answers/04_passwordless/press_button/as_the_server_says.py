"""It asks the server, not Flask, how the request came."""

from flask import Request


def is_meant(request: Request) -> bool:
    return request.environ["REQUEST_METHOD"] == "POST" and "token" not in request.args
