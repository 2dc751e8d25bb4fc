"""Two random UUIDs, one of which alone would be six bits short; rows are BLAKE2 as a number."""

from hashlib import blake2b
from uuid import uuid4


def new_id(user: str | None = None) -> str:
    return f"{uuid4().hex}{uuid4().hex}"


def fingerprint(session_id: str) -> str:
    return str(int.from_bytes(blake2b(session_id.encode(), digest_size=24).digest(), "big"))
