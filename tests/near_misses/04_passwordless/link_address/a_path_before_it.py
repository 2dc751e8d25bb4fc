"""Caught by: test_and_lets_alice_in. The shop's own address; for a new password, a path where the shop is not."""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    return f"{configured}/shop" if request.path == "/forgot" else configured
