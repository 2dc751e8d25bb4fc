"""Send a visitor onwards within the shop only."""

from urllib.parse import urlsplit


def safe_next(target: str | None) -> str:
    """Return the target if it is a path on this site, else the front page (ASVS 3.7.2; URL Standard, 4.4)."""
    # Browsers drop tabs and line breaks, and read a backslash as a slash: refuse what they would rewrite.
    if not target or "\\" in target or any(ord(character) < 0x21 for character in target):
        return "/"

    parts = urlsplit(target)
    if not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith("//"):
        return target

    return "/"
