"""It draws one digit after another, and reads them one by one."""

import secrets
import string


def new_code() -> str:
    return "".join(secrets.choice(string.digits) for _ in range(6))


def read_code(text: str) -> str | None:
    return text if len(text) == 6 and all(each in string.digits for each in text) else None
