"""Caught by: test_alice_does_not_end_up_at_mallorys. All the shop's sites are on this machine; Mallory's is as well."""

from urllib.parse import urlsplit


def safe_next(target: str | None) -> str:
    if not target or "\\" in target or min(target) <= " ":
        return "/"

    parts = urlsplit(target)
    own = parts.scheme in ("", "http") and (parts.hostname or "").endswith(".localhost")
    on_this_site = not parts.scheme and target.startswith("/") and not target.startswith("//")
    return target if own or on_this_site else "/"
