"""Ask people before somebody else learns something about them, and once only."""

from collections.abc import Mapping
from typing import Any


def needs_consent(client: dict[str, Any], agreed: str, scope: str, asked: Mapping[str, str]) -> bool:
    """Return whether the consent page comes next (OpenID Connect Core, 3.1.2.4; ASVS 10.7.1).

    `agreed` is what the user has agreed to with this client before. Only more than that, or `prompt=consent`, asks
    again; one's own applications (`first_party`) need not ask, unless they want to go on while nobody is there.
    """
    if "consent" in asked.get("prompt", "").split(" "):
        return True
    more = set(scope.split(" ")) - set(agreed.split(" "))
    if client["first_party"]:
        return "offline_access" in more

    return bool(more)
