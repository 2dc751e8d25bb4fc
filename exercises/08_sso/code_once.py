"""Give tokens for a code once, to whom it was made for, within a minute.

A code goes through Alice's browser: it is in her history, in the shop's log, perhaps in a proxy's. Mallory finds one
there, and brings it to Tea Identity with the secret of her own tea club, or with the shop's, which was in an old
repository. She comes tomorrow, or in the same moment as the shop; or she was first, and the shop comes second.

Tea Identity has written down for whom each code is. Compare, and take it so that nobody else can.
(RFC 6749, 4.1.2, 4.1.3 and 10.5; RFC 9700, 4.5; OWASP ASVS 5.0, 10.4.2 and 10.4.3; CWE-294, CWE-613, CWE-367)
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    """Return the row of a code that is good, with all that it had, or None. PKCE's verifier is looked at afterwards.

    `form` has what was sent: `code` and `redirect_uri`, or what there was of them. `client` is the row of whoever sent
    it, who has shown a secret by now; its name is `client_id`. A code's row has `fingerprint(code)` for its `_id`; its
    `client_id`, `redirect_uri` and `until`; whether it was `used`, False at first; and its `grant`.
    The store in five operations: docs/store.md.
    """
    # TODO: A code is good until its `until` comes (that very moment is yours), for the client of its row, with the
    #       `redirect_uri` of its row, character by character. It is good once, in whichever of several processes, and
    #       at the same moment too. Where its client brings it again after it was good, however late, what came of the
    #       code ends, and nothing else does: `end_grant(row["grant"])`. Whether a try that fails uses a code up is left
    #       to you, and so is what becomes of the tokens where it is another client that brings it again.
    return codes.find_one({"_id": fingerprint(form.get("code", ""))})
