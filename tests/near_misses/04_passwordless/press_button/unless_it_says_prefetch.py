"""Caught by: test_fetching_ahead_is_not_logging_in. Believes that whatever fetches ahead says so; opening with the
cookie at hand logs in."""

from flask import Request


def is_meant(request: Request) -> bool:
    if request.method == "POST":
        return True

    same_browser, by_hand = "__Host-asked" in request.cookies, request.headers.get("Sec-Fetch-Mode") == "navigate"
    return same_browser and not by_hand and "Sec-Purpose" not in request.headers
