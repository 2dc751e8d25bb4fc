"""Go on within the shop only."""


def safe_next(target: str | None) -> str:
    """Return where a visitor goes after the login: `target`, if it is a path on this site, else the front page, `/`."""
    # Browsers drop tabs and line breaks, and read a backslash as a slash: refuse what they would rewrite.
    if not target or "\\" in target or any(ord(character) < 0x21 for character in target):
        return "/"

    # A path begins with one slash. Two begin the name of a host, and a scheme begins with a letter.
    if target.startswith("/") and not target.startswith("//"):
        return target

    return "/"
