"""Draw a code that can be any of a million."""

import secrets


def new_code() -> str:
    """Return six digits, all million equally likely, from the system's generator (ASVS 6.5.3)."""
    return f"{secrets.randbelow(1_000_000):06}"
