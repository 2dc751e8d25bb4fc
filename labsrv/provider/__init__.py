"""An OpenID Provider on one laptop: it stands where Auth0 would, and is right by the standard."""
