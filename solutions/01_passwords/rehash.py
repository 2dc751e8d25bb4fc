from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if passwords.needs_rehash(user.password_hash):
        # Ask and write in one operation: the row must still be the one that this password was compared with.
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": user.password_hash},
            {"$set": {"password_hash": passwords.hash(password)}},
        )
