"""Caught by: test_no_header_moves_the_link. The name is right, and the port is what a header says."""


def base_url(request, configured):
    p = request.headers.get("X-Forwarded-Port")
    return configured.rsplit(":", 1)[0] + ":" + p if p else configured
