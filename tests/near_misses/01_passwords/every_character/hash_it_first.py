"""Caught by: test_customers_log_in_as_before. A digest has always the same length, and no stored hash was made
of it.
"""

import unicodedata
from hashlib import sha256


def prepare(password: str) -> str:
    return sha256(unicodedata.normalize("NFC", password).encode()).hexdigest()
