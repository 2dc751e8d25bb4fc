"""Compares with passlib's CryptContext in place of the shop's KeptPasswords."""

from passlib.context import CryptContext

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords

CTX = CryptContext(["argon2", "roundup_plaintext", "ldap_hex_md5", "ldap_salted_sha256"])


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None or not CTX.verify(password, user.password_hash):
        return Refused()
    return user
