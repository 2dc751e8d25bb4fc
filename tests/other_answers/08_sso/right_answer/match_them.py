"""One `match` over what came; what is needed is told to whoever sends nothing, too."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    match (sent, claims):
        case (False, _):
            return 401, {"realm": "pay", "scope": scope}
        case (True, None):
            return 401, {"realm": "pay", "error": "invalid_token"}
        case (True, {"scope": str(text)}) if {scope}.issubset(text.split(" ")):
            return None
        case _:
            return 403, {"realm": "pay", "error": "insufficient_scope", "scope": scope}
