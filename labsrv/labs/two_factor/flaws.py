"""What goes wrong with a second factor: each function is the flawed version of one decision; its name confesses."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Request

from labsrv.kit.attempts import Attempts
from labsrv.kit.factors import STEP_SECONDS, Factor, Factors
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection
from labsrv.kit.visits import Visit
from labsrv.labs import flaw

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me"}
TEN_MINUTES = 10 * 60 // STEP_SECONDS
MOST = 5


@flaw(of="hotp", cwe=330, asvs="6.5.3")
def add_the_counter_up(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    """Begin at a secret number, and count on from there."""
    start = int.from_bytes(hashlib.new(algorithm, secret).digest(), "big")
    return str((start + counter) % 10**digits).zfill(digits)


@flaw(of="new_secret", cwe=330, asvs="6.5.3")
def make_it_from_the_name(user: str) -> str:
    """Hash the name, so that no secret needs to be drawn."""
    return base64.b32encode(hashlib.sha1(user.encode()).digest()).decode()


@flaw(of="set_up", cwe=304, asvs="6.3.3")
def take_it_as_scanned(factors: Factors, user: str, secret: str) -> None:
    """Let the new secret count from the moment at which its QR code was shown."""
    factors.activate(user, secret)


@flaw(of="time_of", cwe=807, asvs="6.5.8")
def believe_the_clock_in_the_form(request: Request, now: float) -> float:
    """Go by the visitor's clock where the form says what it shows: phones go wrong."""
    told = request.form.get("at", "")
    return float(told) if told.isdecimal() else now


@flaw(of="step_of", cwe=307, asvs="6.5.5")
def accept_ten_minutes_each_way(factor: Factor, typed: str, now: float) -> int | None:
    """Spare people whose phones go wrong."""
    step = int(now) // STEP_SECONDS
    window = range(step - TEN_MINUTES, step + TEN_MINUTES + 1)
    return next((each for each in window if factor.code_at(each) == typed), None)


@flaw(of="use_step", cwe=294, asvs="6.5.1")
def remember_nothing(steps: Collection, user: str, step: int) -> bool:
    """Take a right code for a right code."""
    return True


@flaw(of="use_step", cwe=367, asvs="6.5.1")
def look_and_then_write(steps: Collection, user: str, step: int) -> bool:
    """Look whether the step was used, and note it afterwards."""
    row = steps.find_one({"_id": user})
    if row and row["step"] >= step:
        return False

    steps.update_one({"_id": user}, {"$set": {"step": step}}, upsert=True)
    return True


@flaw(of="may_try", cwe=307, asvs="6.3.1")
def count_each_login_by_itself(attempts: Attempts, user: str, visit_id: str) -> bool:
    """Give every login five tries."""
    return attempts.note("login", visit_id) <= MOST


@flaw(of="may_pass", cwe=304, asvs="6.3.3")
def let_the_password_do(route: str | None, visit: Visit | None) -> bool:
    """Ask whether there is a login, and not how far it has come."""
    return route in OPEN or visit is not None


@flaw(of="may_pass", cwe=306, asvs="6.3.3")
def leave_the_set_up_open(route: str | None, visit: Visit | None) -> bool:
    """Let those who are half way set up an app: how else would they get one?"""
    if route in OPEN:
        return True

    return visit is not None and (visit.full or route in SECOND_STEP | {"new_app", "confirm_app"})


@flaw(of="who_enters", cwe=639, asvs="6.3.3")
def take_the_name_in_the_form(visit: Visit, form: Mapping[str, str]) -> str:
    """Log in whom the second form names."""
    return form.get("name") or visit.user


@flaw(of="needs_second_step", cwe=288, asvs="6.3.4")
def spare_who_reads_the_mail(way: str, device_known: bool) -> bool:
    """Let a link by mail be enough."""
    return way != "link" and not (way == "password" and device_known)


@flaw(of="needs_second_step", cwe=640, asvs="6.4.3")
def spare_who_has_forgotten(way: str, device_known: bool) -> bool:
    """Log people in who have chosen a new password: they have had trouble enough."""
    return way != "reset" and not (way == "password" and device_known)


@flaw(of="needs_second_step", cwe=288, asvs="6.3.4")
def spare_the_app(way: str, device_known: bool) -> bool:
    """Ask people, and not programs."""
    return way != "api" and not (way == "password" and device_known)


@flaw(of="known_device", cwe=565, asvs="6.3.4")
def any_cookie_will_do(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    """Ask whether the browser has the cookie, and not what it says."""
    return cookie is not None


@flaw(of="known_device", cwe=565, asvs="6.3.4")
def anybodys_device_will_do(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    """Ask whether the device is known, and not for whom."""
    row = devices.find_one({"_id": fingerprint(cookie), "until": {"$gt": now}}) if cookie else None
    return row is not None


@flaw(of="known_device", cwe=613, asvs="6.3.4")
def known_for_ever(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    """Leave it to the browser to forget."""
    return bool(cookie) and devices.find_one({"_id": fingerprint(str(cookie)), "user": user}) is not None


@flaw(of="keep_codes", cwe=312, asvs="6.5.2")
def keep_them_readable_too(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    """Keep the codes beside their hashes, for the people on the telephone."""
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many([{"user": user, "kind": "code", "hash": hasher.hash(code), "code": code} for code in codes])


@flaw(of="keep_codes", cwe=613, asvs="6.5.1")
def add_to_the_old_sheet(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    """Add the new codes to those that are left."""
    rows.insert_many([{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes])


def found(rows: Collection, hasher: Hasher, wanted: dict[str, str], typed: str) -> dict[str, Any] | None:
    """Return the row whose hash is that of what was typed."""
    code = typed.replace("-", "").replace(" ", "").lower()
    return next((row for row in rows.find(wanted) if hasher.verify(row["hash"], code)), None)


@flaw(of="redeem", cwe=294, asvs="6.5.1")
def leave_it_on_the_sheet(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    """Take a right code, and leave it to the user to cross it out."""
    return found(rows, hasher, {"user": user, "kind": "code"}, typed) is not None


@flaw(of="redeem", cwe=367, asvs="6.5.1")
def look_and_then_cross_out(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    """Say yes to whoever has found the row, and delete it."""
    row = found(rows, hasher, {"user": user, "kind": "code"}, typed)
    if row is None:
        return False

    rows.delete_one({"_id": row["_id"]})
    return True


@flaw(of="redeem", cwe=640, asvs="6.4.2")
def take_the_favourite_tea_too(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    """Take the answer to a question in the place of a code."""
    row = found(rows, hasher, {"user": user}, typed)
    if row is None or row["kind"] == "question":
        return row is not None

    return rows.delete_one({"_id": row["_id"]}).deleted_count == 1


@flaw(of="may_change", cwe=306, asvs="7.5.1")
def any_session_will_do(visit: Visit, now: datetime) -> bool:
    """Ask nobody again who is logged in."""
    return True


@flaw(of="may_change", cwe=613, asvs="7.5.1")
def fresh_for_the_day(visit: Visit, now: datetime) -> bool:
    """Take somebody for present who logged in this morning."""
    return visit.proved_at is not None and now - visit.proved_at < timedelta(days=1)


@flaw(of="tell", cwe=778, asvs="6.3.7")
def change_it_quietly(mail: Any, address: str, change: str) -> None:
    """Trouble nobody with mail."""


# The tutorial has no codes at all: it calls a security question a second factor, and asks for it on one page of many.
TUTORIAL = {"redeem": take_the_favourite_tea_too, "may_pass": let_the_password_do}
