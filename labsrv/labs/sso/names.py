"""Who is who at the house's provider, and what there is to be had."""

HOUSE, SOCIAL = "idp", "social"
CLIENT_SECRETS = {
    "tea-shop": "shop-secret-not-a-real-one",
    "tea-hr": "hr-secret-not-a-real-one",
    "tea-club": "club-secret-not-a-real-one",
    "tea-identity": "identity-secret-not-a-real-one",
}
# Two APIs, each with its scopes. `credit` lets somebody ask whether a person is good for an amount.
SCOPES = {"/pay": ["read", "edit", "credit"], "/orders": ["read", "cancel"]}
