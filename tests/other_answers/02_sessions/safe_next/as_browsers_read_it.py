"""Reads the address as a browser would, and then asks the library whether it has a host."""

from urllib.parse import urljoin, urlsplit

HERE = "http://here.invalid"


def safe_next(target):
    if not isinstance(target, str):
        return "/"
    read = target.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None}).replace("\\", "/")
    if not read.startswith("/") or read[1:2] == "/":
        return "/"
    try:
        parts = urlsplit(urljoin(HERE + "/login", read))
    except ValueError:
        return "/"
    return target if (parts.scheme, parts.netloc) == tuple(HERE.split("://")) and read == target else "/"
