// How each program here begins and ends: for each name that it is given it listens on a free port of this machine,
// prints {"addresses": {name: …}}, reads one line of settings, and then answers at each address by what
// `make(address, settings, name)` returns. It ends with whoever started it.

import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

export async function start(make) {
  const answers = {};
  const addresses = {};
  for (const name of process.argv.slice(2)) {
    const server = createServer((request, response) => answers[name](request, response));
    await once(server.listen(0, "127.0.0.1"), "listening");
    answers[name] = (request, response) => response.writeHead(503).end();
    addresses[name] = `http://127.0.0.1:${server.address().port}`;
  }

  const lines = createInterface({ input: process.stdin });
  lines.once("line", async (line) => {
    for (const name in addresses) answers[name] = await make(addresses[name], JSON.parse(line), name);
    say({ ready: true });
  });
  lines.once("close", () => process.exit(0));
  say({ addresses });
}

function say(what) {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
