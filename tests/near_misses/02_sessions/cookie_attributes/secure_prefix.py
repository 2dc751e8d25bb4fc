"""Caught by: test_a_sister_site_can_not_set_it. __Secure- is a prefix as well, and any host of the shop may set it."""


def cookie_settings():
    return {"key": "__Secure-sid", "secure": True, "httponly": True, "samesite": "Lax"}
