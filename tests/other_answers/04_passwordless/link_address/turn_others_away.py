"""Stricter: whoever asks for another host is turned away, and no mail goes out."""

from urllib.parse import urlsplit

from flask import Request, abort


def base_url(request: Request, configured: str) -> str:
    if request.host != urlsplit(configured).netloc:
        abort(400)
    return configured
