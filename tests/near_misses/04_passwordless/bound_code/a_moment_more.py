"""Caught by: test_after_ten_minutes_it_is_over. Some seconds more than there are."""

from datetime import timedelta


def check_code(codes, challenge, sealed, now):
    row = codes.find_one_and_delete(
        {"_id": challenge, "code": sealed, "expires_at": {"$gt": now - timedelta(seconds=3)}}
    )
    return row["user"] if row else None
