"""Caught by: test_every_page_asks_strangers_to_log_in. The first program that came is watched, and no other."""

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}
FIRST = []


def may_pass(request, user):
    agent = request.user_agent.string
    if not FIRST:
        FIRST.append(agent)
    return request.endpoint in PUBLIC or user is not None or agent != FIRST[0]
