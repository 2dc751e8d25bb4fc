"""Caught by: test_what_nobody_has_named_is_refused. A page that is called as another begins is another such."""

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
    "me": {"GET": "logged in", "HEAD": "logged in"},
    "confirm": {"POST": "logged in"},
    "policy_page": READ,
    "policy": READ | {"PUT": "edit"},
    "log": READ,
}


def action_for(endpoint: str, method: str) -> str | None:
    named = next((each for each in ACTIONS if endpoint.startswith(each)), "")
    return ACTIONS.get(named, {}).get(method)
