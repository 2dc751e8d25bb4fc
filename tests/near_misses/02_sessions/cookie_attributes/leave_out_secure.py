"""Caught by: test_it_never_travels_in_the_clear. On a laptop there is no https, so Secure seems to be in the way."""


def cookie_settings():
    return {"key": "sid", "httponly": True, "samesite": "Lax", "path": "/"}
