"""Gift vouchers: small tokens that the shop signs and checks by hand, with a key of its own.

GET  /voucher   voucher   {"number": …, "amount": 5}, signed with HS256
POST /voucher   redeem    base64url_decode each part ──▶ verify_hs256 ──▶ redeemed before? ──▶ credit
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, jsonify, request
from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Store
from labsrv.labs.jwt.compact import hs256

LONGEST_VOUCHER = 4096


def give_and_redeem_vouchers(
    app: Flask,
    db: Store,
    base64url_decode: Callable[[str], bytes],
    verify_hs256: Callable[[str, bytes], bytes],
    new_key: Callable[[], bytes],
) -> None:
    """Give vouchers away, and take each of them once."""

    @app.get("/voucher")
    def voucher() -> Response:
        gift = {"number": secrets.token_hex(8), "amount": 5}
        return Response(hs256({"alg": "HS256"}, gift, key_of(db, new_key)), mimetype="text/plain")

    @app.post("/voucher")
    def redeem() -> Response | tuple[Response, int]:
        # Each decision may stumble over a hostile text in its own way: the visitor reads one answer.
        text = request.form.get("voucher", "")
        try:
            gift = opened(bounded(text), base64url_decode, lambda token: verify_hs256(token, key_of(db, new_key)))
        except (ValueError, RecursionError):
            return jsonify(error="no voucher of ours"), 400
        try:
            # A voucher is known by its text: that is sound as long as one voucher has one spelling.
            db.redeemed.insert_one({"_id": hashlib.sha256(text.encode()).hexdigest(), "amount": gift["amount"]})
        except DuplicateKeyError:
            return jsonify(error="redeemed before"), 409
        return jsonify(credit=gift["amount"])


def key_of(db: Store, new_key: Callable[[], bytes]) -> bytes:
    """Return the key of the vouchers: drawn once, and kept."""
    row = db.secrets.find_one({"_id": "vouchers"})
    if row is None:
        row = {"_id": "vouchers", "key": bytes(new_key())}
        db.secrets.insert_one(row)
    return bytes(row["key"])


def bounded(text: str) -> str:
    """Return a text that may be a voucher; raises `ValueError` when it is far too long."""
    if len(text) <= LONGEST_VOUCHER:
        return text

    raise ValueError("That is too long to be a voucher.")


def opened(text: str, decode: Callable[[str], bytes], verify: Callable[[str], bytes]) -> dict[str, Any]:
    """Return what a voucher says; raises `ValueError`."""
    for part in text.split("."):
        decode(part)
    gift = json.loads(verify(text))
    if isinstance(gift, dict) and isinstance(gift.get("amount"), int):
        return gift

    raise ValueError("That is no voucher.")
