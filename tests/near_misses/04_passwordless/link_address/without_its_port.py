"""Caught by: test_the_link_leads_to_the_shop. The name in the settings without the port, where no shop is."""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    return configured.rpartition(":")[0]
