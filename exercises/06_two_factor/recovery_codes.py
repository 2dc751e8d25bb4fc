"""Keep a sheet of codes for the day on which the phone is gone.

Alice prints ten codes. The shop keeps them beside their hashes, so that the people on the telephone can read them out;
it adds new ones to those that are left; it leaves them on the list when they are used; and where a code is missing it
takes the answer to a question: her favourite tea, which stands in the guest book.

A recovery code is a password that the shop has chosen, and it works once. A new sheet voids the old one. A favourite
tea is nothing that one has.  (OWASP ASVS 5.0, 6.4.2, 6.5.1 and 6.5.2; CWE-312, CWE-294, CWE-367)
"""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    """Keep a new sheet of codes: ten letters and digits each, as they are before the shop prints them with a hyphen.

    A row is {"user": …, "kind": "code", …}, the rest is up to you, but of a code it has what `hasher` makes of it.
    Of old there are rows of the kind "question". What `hasher` can do is in labsrv/kit/passwords.py.
    The store in five operations: docs/store.md.
    """
    # TODO: Whoever reads the table, or finds an older sheet, has nothing.
    rows.insert_many([{"user": user, "kind": "code", "hash": hasher.hash(code), "code": code} for code in codes])


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    """Tell whether what was typed is a code on the user's sheet, and cross it out.

    Each hash of a code has a salt of its own: a row is found by `hasher.verify`, not by a filter.
    """
    # TODO: Each code lets one in, once, and nothing else does. People type hyphens, blanks and capitals.
    code = typed.replace("-", "").replace(" ", "").lower()
    return any(hasher.verify(row["hash"], code) for row in rows.find({"user": user}))
