"""Caught by: test_customers_log_in_as_before. Who doubles a letter by mistake is let in, and so is who never
did.
"""

import re
import unicodedata


def prepare(password: str) -> str:
    return re.sub(r"(.)\1+", r"\1", unicodedata.normalize("NFC", password))
