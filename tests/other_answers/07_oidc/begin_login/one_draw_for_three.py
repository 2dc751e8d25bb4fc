"""The generator is asked once, and what it gives is shared out; numbers stay numbers."""

import os
from datetime import timedelta


def new_transaction(browser, asked, now):
    drawn = os.urandom(120).hex()
    state, nonce, verifier = drawn[:64], drawn[64:128], drawn[128:]
    row = dict(asked)
    row.update(_id=state, nonce=nonce, verifier=verifier, browser=browser, until=now + timedelta(seconds=600))
    return row


def authorization_request(provider, transaction, challenge):
    wanted = {
        "scope": " ".join(["openid", "email", "profile"]),
        "client_id": provider["client_id"],
        "redirect_uri": provider["redirect_uri"],
        "response_type": "code",
        "code_challenge_method": "S256",
        "code_challenge": challenge,
        "state": transaction["_id"],
        "nonce": transaction["nonce"],
        "max_age": transaction["max_age"],
        "acr_values": transaction["acr_values"] or None,
    }
    return {name: value for name, value in wanted.items() if value is not None}
