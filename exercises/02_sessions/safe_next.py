"""Go on within the shop only.

Who opens a page without being logged in is sent to the login, and afterwards on to that page: its address travels along
as `next`. Mallory writes a link of her own. It leads to the real login of the real shop, and `next` to her copy of it,
which says that the session has expired and asks for the password again.

After the login a visitor is on a page of this shop, whatever `next` says.  (OWASP ASVS 5.0, 3.7.2; CWE-601)
"""


def safe_next(target: str | None) -> str:
    """Return where a visitor goes after the login: `target`, if it is a path on this site, else the front page, `/`."""
    # TODO: No browser that follows what is returned leaves the site, whatever it takes for a slash or leaves out: it
    #       reads a backslash as a slash, drops tabs and line breaks, and cuts blanks and control characters off.
    #       `urllib.parse.urlsplit` takes addresses apart, and reads some of these otherwise.
    return target or "/"
