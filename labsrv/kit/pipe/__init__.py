"""Calls between two processes over a pipe, and the services that one has from the other that way."""
