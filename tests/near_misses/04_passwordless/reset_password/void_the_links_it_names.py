"""Caught by: test_a_field_of_the_form_names_nobody. The password is the owner's; the form says whose links are void."""


def reset_password(accounts, sessions, forget_links, owner, form):
    accounts.set_password(owner, form["password"])
    sessions.delete_all(owner)
    forget_links(form.get("user", owner))
