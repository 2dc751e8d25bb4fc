// panva's oidc-provider: a certified OpenID Provider that is none of ours, with its own pages for development, where
// any name and password log in. The subject is the name that was typed.
//
// `settings.clients` are registered. It signs with `settings.keys`, and calls itself `settings.issuer`: that is where the
// tests spoil its answers on their way.

import { randomBytes } from "node:crypto";
import Provider from "oidc-provider";
import { start } from "./start.mjs";

const CLAIMS = {
  openid: ["sub"],
  profile: ["name", "preferred_username"],
  email: ["email", "email_verified"],
};

start((address, settings) => {
  const provider = new Provider(settings.issuer, {
    clients: settings.clients,
    claims: CLAIMS,
    findAccount: (context, sub) => ({ accountId: sub, claims: () => claimsOf(sub) }),
    jwks: { keys: settings.keys },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
  });
  return provider.callback();
});

function claimsOf(sub) {
  const name = sub[0].toUpperCase() + sub.slice(1);
  return { sub, name, preferred_username: sub, email: `${sub}@example.com`, email_verified: true };
}
