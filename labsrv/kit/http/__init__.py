"""Exchanges, and what carries them: a server for many sites, sockets, and a way without a socket."""
