"""Caught by: test_script_can_not_read_it. Everything that the browser enforces by the name is there."""


def cookie_settings():
    return {"key": "__Host-sid", "secure": True, "samesite": "Lax", "path": "/"}
