"""Caught by: test_no_header_moves_the_link. A cookie says where the shop is."""


def base_url(request, configured):
    return request.cookies.get("host", configured)
