"""It looks and compares first, and believes only the removal that removed something."""

from hmac import compare_digest


def check_code(codes, challenge, sealed, now):
    row = codes.find_one({"_id": challenge})
    if row is None or not row["user"]:
        return None
    if now >= row["expires_at"]:
        codes.delete_one({"_id": challenge})
        return None
    if not compare_digest(row["code"], sealed):
        return None
    return row["user"] if codes.delete_one({"_id": challenge}).deleted_count else None
