from flask import Request


def base_url(request: Request, configured: str) -> str:
    # Host and its relatives are written by whoever sends the request; the settings are not.
    return configured
