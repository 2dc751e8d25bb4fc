"""Caught by: test_nor_does_the_host_that_was_asked_for. Five names are known to be bad."""


def base_url(request, configured):
    bad = ("tea", "shop.tea", "pics.shop", "teashop", "mallory")
    return configured if any(request.host.startswith(b + ".") for b in bad) else request.host_url.rstrip("/")
