"""It compares how far somebody has come with how far a route is."""

GUARD = {"second": 1, "check_second": 1, "text_me": 1}


def may_pass(route, visit):
    state = 0 if visit is None else 2 if visit.full else 1
    need = 0 if route in OPEN else GUARD.get(route, 2)
    return state >= need


def who_enters(visit, form):
    return visit.user


OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}

SECOND_STEP = {"second", "check_second", "text_me"}
