"""Caught by: test_a_sister_site_can_not_set_it. Every attribute is right, and says nothing of who set the cookie."""


def cookie_settings():
    return {"key": "sid", "secure": True, "httponly": True, "samesite": "Lax", "path": "/"}
