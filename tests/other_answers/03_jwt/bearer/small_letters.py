"""The challenge is written in small letters and words without quotes where they may be; the error is told in JSON."""

import re


def bearer_token(authorization: str | None) -> str | None:
    found = re.match(r"(?ia:bearer)[ ]+([a-z0-9._~+/-]+=*)\Z", authorization or "", re.I | re.A)
    return found.group(1) if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, "bearer realm=tea", {"error": "missing_token"}
    name = {"invalid": "invalid_token", "scope": "insufficient_scope"}[why]
    wanted = f', scope="{scope}"' if why == "scope" else ""
    return {"invalid": 401, "scope": 403}[why], f"bearer realm=tea, error={name}{wanted}", {"error": name}
