"""What goes wrong with passwords: each function is the flawed version of one decision, and its name confesses."""

import string
from collections.abc import Mapping

from flask import Request
from passlib.hash import ldap_hex_md5, ldap_salted_sha256, roundup_plaintext

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.attempts import Attempts
from labsrv.kit.common_passwords import COMMON, bare
from labsrv.kit.kept_passwords import KeptPasswords
from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection
from labsrv.labs import flaw
from labsrv.labs.passwords.gate import fingerprint

KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
PER_ACCOUNT, PER_SOURCE = 10, 20


@flaw(of="log_in", cwe=304, asvs="6.2.8")
def believe_the_name(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    """Look the user up, and never compare the password."""
    return accounts.get(name) or Refused()


@flaw(of="log_in", cwe=204, asvs="6.3.8")
def name_the_mistake(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    """Tell people which of the two was wrong."""
    user = accounts.get(name)
    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user and matches and not user.disabled:
        return user

    return Refused("That password is wrong." if user else "There is no account by that name.")


@flaw(of="log_in", cwe=208, asvs="6.3.8")
def hash_for_customers_only(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    """Say the same to everybody, and say it sooner to strangers."""
    user = accounts.get(name)
    if user is None:
        return Refused()

    if passwords.verify(user.password_hash, password) and not user.disabled:
        return user

    return Refused()


@flaw(of="store_password", cwe=256, asvs="11.4.2")
def keep_it_as_typed(hasher: Hasher, password: str) -> str:
    """Keep the password itself."""
    return str(roundup_plaintext.hash(password))


@flaw(of="store_password", cwe=916, asvs="11.4.2")
def hash_it_fast(hasher: Hasher, password: str) -> str:
    """Keep an MD5 of it: the same for everybody who has this password, and made for speed."""
    return str(ldap_hex_md5.hash(password))


@flaw(of="store_password", cwe=916, asvs="11.4.2")
def salt_it_and_hash_it_fast(hasher: Hasher, password: str) -> str:
    """Keep a salted SHA-256: no table made beforehand will do, and each guess costs as good as nothing."""
    return str(ldap_salted_sha256.hash(password))


@flaw(of="upgrade", cwe=916, asvs="11.4.2")
def leave_old_hashes(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    """Leave what is stored as it was when the account was opened."""


@flaw(of="upgrade", cwe=367, asvs="11.4.2")
def write_back_whatever_was_typed(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    """Store the password that was typed, also where another one was chosen meanwhile."""
    if passwords.needs_rehash(user.password_hash):
        accounts.set_password(user.name, password)


@flaw(of="acceptable", cwe=521, asvs="6.2.5")
def count_kinds_of_characters(password: str, name: str) -> bool:
    """Ask for eight characters, of which one is a capital, one a digit and one a sign."""
    kinds = all(any(each in kind for each in password) for kind in (*KINDS, string.punctuation))
    return len(password) >= 8 and kinds


@flaw(of="acceptable", cwe=521, asvs="6.2.4")
def ask_no_list(password: str, name: str) -> bool:
    """Ask for length, whatever the password is."""
    return len(password) >= 15 and name.casefold() not in password.casefold()


@flaw(of="acceptable", cwe=521, asvs="6.2.11")
def allow_what_is_at_hand(password: str, name: str) -> bool:
    """Look into the list, and forget the customer's own name."""
    return len(password) >= 15 and password.casefold() not in COMMON and bare(password) not in COMMON


@flaw(of="prepare", cwe=222, asvs="6.2.8")
def cut_at_72_bytes(password: str) -> str:
    """Read as much as bcrypt does, and drop the rest without a word."""
    return password.encode()[:72].decode(errors="ignore")


@flaw(of="prepare", cwe=178, asvs="6.2.8")
def forget_the_case(password: str) -> str:
    """Take capitals for small letters, so that nobody need mind the Caps Lock key."""
    return password.lower()


@flaw(of="source_of", cwe=348, asvs="6.3.1")
def believe_the_header(request: Request) -> str:
    """Take the address from a header that the sender writes."""
    return request.headers.get("X-Forwarded-For", request.remote_addr or "").split(",")[0].strip()


@flaw(of="may_try", cwe=307, asvs="6.3.1")
def never_count(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    """Let everybody try as often as they like."""
    return True


@flaw(of="may_try", cwe=307, asvs="6.3.1")
def count_accounts_alone(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    """Limit the guesses at each account, however many accounts there are."""
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT

    return attempts.note("account", name) <= PER_ACCOUNT


@flaw(of="may_try", cwe=307, asvs="6.3.1")
def count_sources_alone(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    """Limit the guesses from each address, however many addresses there are."""
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT

    return attempts.note("source", source) <= PER_SOURCE


@flaw(of="may_try", cwe=367, asvs="6.3.1")
def look_first_and_count_later(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    """Ask how many there were, and count this one afterwards: who comes at the same moment reads the same number."""
    lane = ("device", device) if device else ("account", name)
    if attempts.seen(*lane) >= PER_ACCOUNT or attempts.seen("source", source) >= PER_SOURCE:
        return False

    attempts.note(*lane)
    attempts.note("source", source)
    return True


@flaw(of="may_try", cwe=645, asvs="6.1.1")
def lock_the_account(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    """Shut the account for everybody, its owner included."""
    by_account = attempts.note("account", name)
    by_source = attempts.note("source", source)
    return by_account <= PER_ACCOUNT and by_source <= PER_SOURCE


@flaw(of="forgive", cwe=307, asvs="6.3.1")
def forgive_the_whole_source(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    """Forget everything that came from this address, since somebody there has logged in."""
    attempts.forget("account", name)
    attempts.forget("source", source)
    if device:
        attempts.forget("device", device)


@flaw(of="known_device", cwe=565, asvs="6.3.1")
def believe_any_cookie(devices: Collection, cookie: str | None, name: str) -> str | None:
    """Take whatever the cookie says for a device that is known."""
    return cookie


@flaw(of="known_device", cwe=639, asvs="6.3.1")
def trust_anybodys_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    """Know the device again, and do not ask whose account it was."""
    row = devices.find_one({"_id": fingerprint(cookie)}) if cookie else None
    return row["_id"] if row else None


@flaw(of="change_password", cwe=620, asvs="6.2.3")
def ask_for_no_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    """Change the password for whoever sits there."""
    accounts.set_password(user.name, form["new"])
    return True


@flaw(of="change_password", cwe=639, asvs="8.2.2")
def change_whose_the_form_says(
    accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]
) -> bool:
    """Check the password of the user who is there, and change the one of the user whom the form names."""
    if not passwords.verify(user.password_hash, form["current"]):
        return False

    accounts.set_password(form["name"], form["new"])
    return True


def accept_anything(password: str, name: str) -> bool:
    """Ask nothing of a password, as the tutorial did."""
    return True


# The tutorial's shop, as far as passwords go: all of these decisions at once.
TUTORIAL = {
    "log_in": believe_the_name,
    "store_password": keep_it_as_typed,
    "upgrade": leave_old_hashes,
    "acceptable": accept_anything,
    "may_try": never_count,
    "change_password": ask_for_no_password,
}
