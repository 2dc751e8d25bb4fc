"""Caught by: test_no_header_moves_the_link. The host is right; below which path the page is says Mallory."""


def base_url(request, configured):
    return configured + request.headers.get("X-Forwarded-Prefix", "")
