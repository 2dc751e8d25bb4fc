"""What a table of users has collected over the years: passwords as they were typed, fast hashes, argon2id.

    {plaintext}fake-password      as it was typed
    {MD5}b96bcb3c69f57a82…        fast, without a salt
    {SSHA256}6LIGeWRmE6eDxlX…     fast, salted
    $argon2id$v=19$m=19456…       slow, salted, its cost written into it

All of these can be verified. How new ones are stored is up to whoever made the table.
"""

from collections.abc import Callable

from passlib.context import CryptContext

from labsrv.kit.passwords import Hasher, bounded

OLD = CryptContext(["roundup_plaintext", "ldap_hex_md5", "ldap_salted_sha256"])
Store = Callable[[Hasher, str], str]


class KeptPasswords:
    """Verifies passwords by what is kept of them, and stores new ones as `store` says. Argon2id is counted work."""

    def __init__(self, hasher: Hasher, store: Store):
        self.hasher = hasher
        self.store = store
        self.decoy = hasher.decoy

    def hash(self, password: str) -> str:
        """Return what is stored of a password from now on."""
        return self.store(self.hasher, bounded(password))

    def verify(self, hash: str, password: str) -> bool:
        """Return whether this is kept of this password. Raises `ValueError` when it is none of the known kinds."""
        if OLD.identify(hash):
            # As much work as for the others, or an old account would be told by its quick answer.
            self.hasher.verify(self.decoy, password)
            return bool(OLD.verify(bounded(password), hash))

        return self.hasher.verify(hash, password)

    def needs_rehash(self, hash: str) -> bool:
        """Return whether it is kept in another way, or at another cost, than argon2id at the cost of today."""
        return bool(OLD.identify(hash)) or self.hasher.needs_rehash(hash)
