"""Tell a person who presses a button from a program that looks at a link."""

from flask import Request


def is_meant(request: Request) -> bool:
    """Let only a POST log anybody in: GET and HEAD are safe, whoever sends them (RFC 9110, 9.2.1; ASVS 3.5.3)."""
    return request.method == "POST"
