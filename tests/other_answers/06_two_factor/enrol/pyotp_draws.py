"""It has pyotp draw forty letters, and makes or changes the row."""

import pyotp


def new_secret(user):
    return pyotp.random_base32(40)


def set_up(factors, user, secret):
    if factors.rows.find_one({"_id": user}) is None:
        factors.rows.insert_one({"_id": user, "proposed": secret})
    else:
        factors.rows.update_one({"_id": user}, {"$set": {"proposed": secret}})
