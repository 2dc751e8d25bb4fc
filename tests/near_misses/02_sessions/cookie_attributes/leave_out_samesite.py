"""Caught by: test_a_form_from_elsewhere_goes_without_it. Browsers take Lax by themselves, but not at once."""


def cookie_settings():
    return {"key": "__Host-sid", "secure": True, "httponly": True, "path": "/"}
