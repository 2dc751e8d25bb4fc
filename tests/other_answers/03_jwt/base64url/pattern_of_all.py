"""One pattern has the alphabet, the lengths and the last letters that leave no bit over; then the library decodes."""

import base64
import re

CANONICAL = re.compile(
    r"(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?",
    re.ASCII,
)


def base64url_decode(text: str) -> bytes:
    if CANONICAL.fullmatch(text) is None:
        raise ValueError("not base64url in its one spelling")
    return base64.b64decode(text.translate({45: "+", 95: "/"}) + "=" * (-len(text) % 4), validate=True)
