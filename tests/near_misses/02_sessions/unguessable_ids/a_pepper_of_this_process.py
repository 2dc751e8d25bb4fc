"""Caught by: test_a_restart_logs_nobody_out. A key makes the table worth even less; it is gone with the process."""

import hmac
import secrets

PEPPER = secrets.token_bytes(32)


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return hmac.new(PEPPER, session_id.encode(), "sha256").hexdigest()
