"""A menu of faults: each makes the provider answer wrongly in one way, to see whether a client notices.

A fault takes what the provider was about to say, at one point, and spoils it:

    discovery, jwks, token_response, userinfo     the JSON          authorization_response   the parameters
    id_token, access_token, logout_token          a `Draft`, before it is signed
"""
