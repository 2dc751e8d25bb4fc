from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    # argon2id draws a salt for each hash and writes salt and cost into it; the cost is the shop's, in one place.
    return hasher.hash(password)
