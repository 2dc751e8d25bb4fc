"""Twenty bits of the system, thrown away where they are more than a million; an expression reads."""

import os
import re

CODE = re.compile(r"\A\d{6}\Z", re.ASCII)


def new_code() -> str:
    while (number := int.from_bytes(os.urandom(3), "big") >> 4) >= 10**6:
        pass
    return f"{number:06d}"


def read_code(text: str) -> str | None:
    found = CODE.match(text)
    return found and found.group()
