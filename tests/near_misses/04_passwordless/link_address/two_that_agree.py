"""Caught by: test_no_header_moves_the_link. Two headers that agree are written by one hand."""


def base_url(request, configured):
    xf = request.headers.get("X-Forwarded-Host")
    if xf and xf == request.headers.get("X-Forwarded-Server"):
        return f"http://{xf}"
    return configured
