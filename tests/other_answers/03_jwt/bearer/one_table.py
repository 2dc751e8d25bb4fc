"""A table has what differs; a description that is always the same goes along, and the JSON has words for people."""

import re

TOKEN = re.compile(r"[-\w.~+/]+=*", re.ASCII)
SAYS = {
    "missing": (401, {}, "Please log in."),
    "invalid": (401, {"error": "invalid_token", "error_description": "The token is not good"}, "Please log in again."),
    "scope": (403, {"error": "insufficient_scope"}, "That is not yours to do."),
}


def bearer_token(authorization: str | None) -> str | None:
    words = [word for word in (authorization or "").split(" ") if word]
    if len(words) != 2 or words[0].casefold() != "bearer":
        return None
    return words[1] if TOKEN.fullmatch(words[1]) else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    status, said, message = SAYS[why]
    parameters = {"realm": "shop", **said} | ({"scope": scope} if why == "scope" else {})
    challenge = "Bearer " + ", ".join(f'{name}="{value}"' for name, value in parameters.items())
    return status, challenge, {"message": message}
