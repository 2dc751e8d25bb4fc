// An application that logs people in by openid-client, and an API that asks oauth4webapi, the library beneath it.
//
// GET /login?scope=…     to the provider; the query is sent with it, but for two of its parameters: `as`, one of
//                        `settings.clients`, and `signed=yes`, by which the signature of an ID token is checked also
//                        where it came straight from the provider (openid-client does not, unless it is told to)
// GET /callback          the claims, the userinfo and the tokens, or what was refused
// GET /refresh           the refresh token is used
// GET /revoke            and revoked
// GET /logout            to the provider, and back to /logged-out
// GET /api               what the access token says to the API that was asked for as `resource`
//
// One browser at a time: what belongs to it is in `login`.

import * as oauth from "oauth4webapi";
import * as client from "openid-client";
import { start } from "./start.mjs";

start((address, settings) => {
  let login = {};

  const pages = {
    async "/login"(url) {
      const { as, signed, ...asked } = Object.fromEntries(url.searchParams);
      const { secret, shown } = settings.clients[as];
      const execute = [client.allowInsecureRequests];
      if (signed) execute.push(client.enableNonRepudiationChecks);
      // Anew at each login: what the provider says of itself may have changed, and nothing of the last is kept.
      const authentication = client[shown](secret);
      const config = await client.discovery(new URL(settings.issuer), as, {}, authentication, { execute });
      const checks = {
        pkceCodeVerifier: client.randomPKCECodeVerifier(),
        expectedState: client.randomState(),
        expectedNonce: client.randomNonce(),
        idTokenExpected: true,
      };
      if (asked.max_age) checks.maxAge = Number(asked.max_age);
      login = { config, checks, api: asked.resource };
      return client.buildAuthorizationUrl(config, {
        redirect_uri: `${address}/callback`,
        code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
        code_challenge_method: "S256",
        state: checks.expectedState,
        nonce: checks.expectedNonce,
        ...asked,
      });
    },

    async "/callback"(url) {
      login.tokens = await client.authorizationCodeGrant(login.config, url, login.checks);
      login.claims = login.tokens.claims();
      const { access_token } = login.tokens;
      // A token for an API is none for the provider.
      const userinfo = login.api ? {} : await client.fetchUserInfo(login.config, access_token, login.claims.sub);
      return { claims: login.claims, userinfo, tokens: login.tokens };
    },

    async "/refresh"() {
      const before = login.tokens.refresh_token;
      login.tokens = await client.refreshTokenGrant(login.config, before);
      const { access_token, refresh_token } = login.tokens;
      const userinfo = await client.fetchUserInfo(login.config, access_token, login.claims.sub);
      return { claims: login.tokens.claims(), userinfo, rotated: refresh_token !== before };
    },

    async "/revoke"() {
      await client.tokenRevocation(login.config, login.tokens.refresh_token);
      return { revoked: true };
    },

    async "/logout"() {
      return client.buildEndSessionUrl(login.config, {
        post_logout_redirect_uri: `${address}/logged-out`,
        id_token_hint: login.tokens.id_token,
        state: "of-the-logout",
      });
    },

    async "/logged-out"(url) {
      return { back: Object.fromEntries(url.searchParams) };
    },

    async "/api"() {
      const headers = { authorization: `Bearer ${login.tokens.access_token}` };
      return {
        claims: await oauth.validateJwtAccessToken(
          login.config.serverMetadata(),
          new Request(`${address}/api`, { headers }),
          login.api,
          { [oauth.allowInsecureRequests]: true },
        ),
      };
    },
  };

  return async (request, response) => {
    const url = new URL(request.url, address);
    try {
      const said = await pages[url.pathname](url);
      if (said instanceof URL) return response.writeHead(303, { location: said.href }).end();
      answer(response, 200, said);
    } catch (error) {
      // The cause says which claim it was.
      const causes = [error, error.cause].filter((each) => each instanceof Error);
      answer(response, 400, { refused: error.error ?? error.code ?? error.name, words: causes.map(String).join("; ") });
    }
  };
});

function answer(response, status, said) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
}
