"""Authlab: learn web authentication by breaking it, fixing it and proving the fix."""
