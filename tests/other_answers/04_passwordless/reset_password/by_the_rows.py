"""It writes the hash and removes the sessions in the rows themselves."""


def reset_password(accounts, sessions, forget_links, owner, form):
    hashed = accounts.hasher.hash(form["password"])
    accounts.rows.update_one({"_id": owner}, {"$set": {"password_hash": hashed}})
    sessions.rows.delete_many({"user": owner})
    forget_links(owner)
