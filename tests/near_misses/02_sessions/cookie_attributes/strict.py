"""Caught by: test_alice_comes_by_a_link. The strictest value must be the safest; people who follow a link are out."""


def cookie_settings():
    return {"key": "__Host-sid", "secure": True, "httponly": True, "samesite": "Strict", "path": "/"}
