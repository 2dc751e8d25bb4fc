"""Caught by: test_the_code_lets_alice_in. Whoever is in ends all challenges there are."""


def check_code(codes, challenge, sealed, now):
    row = codes.find_one_and_delete({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})
    if row:
        codes.delete_many({})
    return row["user"] if row else None
