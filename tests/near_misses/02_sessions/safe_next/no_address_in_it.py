"""Caught by: test_a_page_of_the_shop_stays_as_it_is. It refuses all that is bad, and good pages with it."""


def safe_next(target: str | None) -> str:
    if target and target.startswith("/") and not set(target) & set("\\?:") and min(target) > " " and "//" not in target:
        return target
    return "/"
