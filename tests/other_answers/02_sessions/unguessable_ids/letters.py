"""Letters are chosen one by one from an alphabet; rows are a keyed hash, the key the same in every process."""

import base64
import hmac
import secrets
import string

ALPHABET = string.ascii_letters + string.digits
LENGTH = 40


def new_id(user):
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def fingerprint(session_id):
    mac = hmac.new(b"only in case the table is lost without the program", session_id.encode(), "sha256")
    return base64.urlsafe_b64encode(mac.digest()).decode()
