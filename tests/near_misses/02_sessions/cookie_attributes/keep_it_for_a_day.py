"""Caught by: test_it_ends_with_the_browser. A date looks like a limit; it is a reason to keep the cookie."""


def cookie_settings():
    return {"key": "__Host-sid", "secure": True, "httponly": True, "samesite": "Lax", "path": "/", "max_age": 86400}
