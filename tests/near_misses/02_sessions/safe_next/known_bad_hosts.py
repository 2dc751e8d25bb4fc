"""Caught by: test_no_other_host. It knows the names that stand in everybody's examples."""

BAD = ("evil", "mallory", "attacker", "example.com", "localhost", "192.0.2", "javascript", "data:", "\\", "\t")


def safe_next(target):
    if not target or any(each in target.lower() for each in BAD if not target.startswith("/account")):
        return "/"
    return target
