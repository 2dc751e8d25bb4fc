"""Caught by: test_nobody_can_guess_one. Drawn well, and ahead: two processes that are forked have the same in store."""

import secrets
from datetime import timedelta

AHEAD = [secrets.token_urlsafe(32) for _ in range(30_000)]
SCOPE = "openid profile email"


def one_more():
    return AHEAD.pop() if AHEAD else secrets.token_urlsafe(32)


def new_transaction(browser, asked, now):
    drawn = {"_id": one_more(), "nonce": one_more(), "verifier": one_more()}
    return {**asked, **drawn, "browser": browser, "until": now + timedelta(minutes=10)}


def authorization_request(provider, transaction, challenge):
    wanted = {
        "response_type": "code",
        "client_id": provider["client_id"],
        "redirect_uri": provider["redirect_uri"],
        "scope": SCOPE,
        "state": transaction["_id"],
        "nonce": transaction["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if transaction["max_age"] is not None:
        wanted["max_age"] = str(transaction["max_age"])
    if transaction["acr_values"]:
        wanted["acr_values"] = transaction["acr_values"]
    return wanted
