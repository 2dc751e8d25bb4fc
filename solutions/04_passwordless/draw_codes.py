import re
import secrets


def new_code() -> str:
    # A number below a million, written with its leading zeros, from the system's generator.
    return f"{secrets.randbelow(1_000_000):06}"


def read_code(text: str) -> str | None:
    # fullmatch: `$` would let a line break through; [0-9]: `\d` and isdigit know the digits of every script.
    return text if re.fullmatch("[0-9]{6}", text) else None
