// Applications that log people in by express-openid-connect, as it comes: `auth` of its settings is all that each is
// told besides its own address and a secret for its cookies.
//
// GET /                      who is logged in; without a login, to the provider (the library does it, and has /login,
//                            /callback, /logout and, where it is told to, /backchannel-logout)
// GET /userinfo, /refresh    what the tokens are good for
// GET /told                  for the tests: the logout tokens that were believed, and why others were refused

import express from "express";
import oidc from "express-openid-connect"; // CommonJS, whose names cannot be imported one by one
import { start } from "./start.mjs";

start((baseURL, all, name) => {
  const settings = all[name];
  const app = express();
  const told = { believed: [], refused: [] };
  const backchannelLogout = settings.backchannel && {
    isLoggedOut: (request) => told.believed.some(({ sid }) => sid === request.oidc.idTokenClaims.sid),
    onLogin: false,
    onLogoutToken: (token) => void told.believed.push(token),
  };
  const more = backchannelLogout ? { ...settings.auth, backchannelLogout } : settings.auth;
  app.get("/told", (request, response) => response.json(told));
  app.use("/backchannel-logout", (request, response, next) => {
    const { json } = response;
    response.json = (said) => {
      told.refused.push(said.error_description);
      return json.call(response, said);
    };
    next();
  });
  app.use(oidc.auth({ baseURL, secret: "for-cookies-not-a-real-one", ...more }));
  app.get("/", (request, response) => {
    response.json({ user: request.oidc.user, claims: request.oidc.idTokenClaims });
  });
  app.get("/userinfo", async (request, response) => response.json(await request.oidc.fetchUserInfo()));
  app.get("/refresh", async (request, response) => {
    const before = request.oidc.refreshToken;
    const { access_token } = await request.oidc.accessToken.refresh();
    response.json({ access_token: Boolean(access_token), rotated: request.oidc.refreshToken !== before });
  });
  // Whoever follows this must say what was refused, and Express asks for all four.
  app.use((error, request, response, next) => {
    response.status(error.status ?? 500).json({ refused: error.message });
  });
  return app;
});
