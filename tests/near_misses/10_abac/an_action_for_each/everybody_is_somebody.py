"""Caught by: test_what_is_written_has_its_action. Who one is may be asked by everybody."""

READ = {"GET": "read", "HEAD": "read"}
ACTIONS: dict[str, dict[str, str]] = {
    "home": {"GET": "public", "HEAD": "public"},
    "login": {"GET": "public", "HEAD": "public"},
    "check_login": {"POST": "public"},
    "logout": {"POST": "public"},
    "pages": READ,
    "page": READ,
    "printed": READ,
    "documents": READ | {"POST": "create"},
    "count": READ,
    "export": READ,
    "document": READ | {"PATCH": "edit", "DELETE": "delete"},
    "hand_over": {"POST": "hand_over"},
    "sign": {"POST": "sign"},
    "break_glass": {"POST": "logged in"},
    "me": {"GET": "public", "HEAD": "public"},
    "confirm": {"POST": "logged in"},
    "policy_page": READ,
    "policy": READ | {"PUT": "edit"},
    "log": READ,
}


def action_for(endpoint: str, method: str) -> str | None:
    return ACTIONS.get(endpoint, {}).get(method)
