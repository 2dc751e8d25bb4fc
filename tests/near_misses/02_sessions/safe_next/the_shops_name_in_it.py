"""Caught by: test_no_other_host. The shop's name is in it; Mallory can write that as well."""


def safe_next(target: str | None) -> str:
    if target and ("shop.localhost" in target or one_slash(target)):
        return target
    return "/"


def one_slash(target: str) -> bool:
    return target.startswith("/") and target[1:2] not in ("/", "\\") and min(target) > " "
