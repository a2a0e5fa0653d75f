/* A real OpenID Connect provider for the tests: node provider.mjs PORT REDIRECT_URI. Demands PKCE.
 *
 * Whoever types a name at its login is that person; "emil-unverified" has an address that nobody has verified.
 */
import { Provider } from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: "staffel", client_secret: "only-for-tests-0123456789", redirect_uris: [redirect] }],
  pkce: { required: () => true },
  claims: { email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["only-for-tests"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => {
      const [name, unverified] = id.split("-");
      return { sub: id, name, email: `${name}@example.org`, email_verified: !unverified };
    },
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
