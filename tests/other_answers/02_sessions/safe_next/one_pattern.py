"""One pattern says what a path on this site looks like: printable ASCII, a slash, and no second one."""

import re

PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def safe_next(target: str | None) -> str:
    return target if target is not None and PATH.fullmatch(target) else "/"
