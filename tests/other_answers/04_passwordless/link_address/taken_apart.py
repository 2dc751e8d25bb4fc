"""It takes the address apart, and puts it together without what it does not need."""

from urllib.parse import urlsplit, urlunsplit


def base_url(request, configured):
    parts = urlsplit(configured.strip())
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
