"""Caught by: test_alice_logs_in. As narrow a path as possible; the browser refuses a __Host- cookie that has one."""


def cookie_settings():
    return {"key": "__Host-sid", "secure": True, "httponly": True, "samesite": "Lax", "path": "/account"}
