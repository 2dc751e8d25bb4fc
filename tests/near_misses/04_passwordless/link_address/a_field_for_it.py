"""Caught by: test_no_header_moves_the_link. A field of the form says where the shop is."""


def base_url(request, configured):
    return request.form.get("base_url") or configured
