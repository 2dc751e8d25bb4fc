"""Caught by: test_alice_logs_in. The shop is named, so that nobody else gets it; a __Host- cookie may not say so."""


def cookie_settings():
    return {"key": "__Host-sid", "secure": True, "httponly": True, "samesite": "Lax", "domain": "shop.localhost"}
