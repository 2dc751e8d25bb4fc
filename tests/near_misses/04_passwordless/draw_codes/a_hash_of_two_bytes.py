"""Caught by: test_each_of_the_million_can_come. Each digit is as likely, and 65536 codes are all there are."""

import hashlib
import re
import secrets


def new_code():
    return f"{int(hashlib.sha256(secrets.token_bytes(2)).hexdigest(), 16) % 10**6:06}"


def read_code(text):
    return text if re.fullmatch("[0-9]{6}", text) else None
