"""OpenID Connect: somebody else asks for the password, and the shop has to know whom and what to believe."""
