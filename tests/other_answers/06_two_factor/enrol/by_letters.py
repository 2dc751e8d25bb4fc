"""It draws letter by letter, and writes the row by itself."""

import secrets
import string


def new_secret(user):
    return "".join(secrets.choice(string.ascii_uppercase + "234567") for _ in range(32))


def set_up(factors, user, secret):
    factors.rows.update_one({"_id": user}, {"$set": {"proposed": secret}}, upsert=True)
