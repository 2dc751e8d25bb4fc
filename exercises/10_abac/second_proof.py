"""Take a second proof from whoever it is about, for this session, now.

Before somebody signs or deletes, they type their password once more. The site then keeps a proof, and the browser names
it in a header. The first try asks whether there is one. At Bob's unlocked computer Mallory brings a proof that she made
with her own password, or finds the one that he made this morning: either signs in his name.

A proof says: this person, in this session, a moment ago. All three have to be looked at.
(RFC 9470: OAuth 2.0 Step Up Authentication Challenge Protocol; OWASP ASVS 5.0, 7.5.3; CWE-287, CWE-613)
"""

from datetime import datetime
from typing import Any

Json = dict[str, Any]


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    """Return whether a second proof counts for what is asked in a session.

    `proof` is the row that the request names, whoever's it is: "user" and "session" say who made it in which session,
    and "at" when. It is None where the request names none.
    `session` is the one in which the request comes: its "user", its "id", and "began", the moment of the log-in.
    `now` is the server's clock. All moments are aware, in UTC.
    """
    # TODO: A proof counts if the session's user made it, in this session, and less than five minutes ago: at five it is
    #       over. One from before the session began, or from later than now, is none. One made at the very moment at
    #       which the session began, or at `now`, is one. The proof's "session" is compared with the session's "id".
    #       Names and ids are the same if they are equal in every character.
    return proof is not None
