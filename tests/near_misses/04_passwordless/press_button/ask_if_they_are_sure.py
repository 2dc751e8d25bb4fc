"""Caught by: test_the_click_lets_alice_in. Waits for a field that the button does not send, and lets nobody in."""

from flask import Request


def is_meant(request: Request) -> bool:
    return request.method == "POST" and request.form.get("sure") == "yes"
