"""A partitioned cookie besides, with a name in other letters, which browsers read in any case."""


def cookie_settings():
    return {
        "key": "__Host-SID",
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
        "path": "/",
        "partitioned": True,
    }
