"""Caught by: test_a_form_from_elsewhere_goes_without_it. SameSite is said, and says that anybody may."""


def cookie_settings():
    return {"key": "__Host-sid", "secure": True, "httponly": True, "samesite": "None", "path": "/"}
