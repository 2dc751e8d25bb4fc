"""Caught by: test_no_two_tokens_have_one_id. They look random; after a restart the same ones come again."""

import random
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User

DICE = random.Random(7)


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {"iat": now, "exp": now + timedelta(minutes=15), "jti": f"{DICE.getrandbits(128):032x}"}
