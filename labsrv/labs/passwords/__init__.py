"""Passwords: compared, stored, chosen, guessed and changed."""
