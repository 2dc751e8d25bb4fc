"""The OpenID AuthZEN Authorization API 1.0, over HTTP: any PEP can ask, whatever it is written in."""
