"""Caught by: test_nor_does_the_host_that_was_asked_for. It looks at how the host ends, and another one ends so as
well.
"""

from urllib.parse import urlsplit


def base_url(request, configured):
    return f"http://{request.host}" if request.host.endswith(urlsplit(configured).netloc) else configured
