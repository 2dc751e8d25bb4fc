"""Passwordless: links and codes that arrive by mail and by text message."""
