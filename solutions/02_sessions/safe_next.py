"""Go on within the shop only."""

from urllib.parse import urlsplit


def safe_next(target: str | None) -> str:
    """Return where a visitor goes after the login: `target`, if it is a path on this site, else the front page, `/`."""
    # Browsers drop tabs and line breaks, and read a backslash as a slash: refuse what they would rewrite.
    if not target or "\\" in target or any(ord(character) < 0x21 for character in target):
        return "/"

    parts = urlsplit(target)
    if not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith("//"):
        return target

    return "/"
