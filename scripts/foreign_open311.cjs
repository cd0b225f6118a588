// The client `open311` 0.0.12 of npm asks, sends and reads, in JSON: it is the one of those that post which still runs.
//
// Arguments: its folder, the base address, the jurisdiction, a key of it. Of what it needs, two readers of XML are left out: one
// stands in no registry, the other is native code. They are not called where the format is JSON.
"use strict";
const Module = require("node:module");
const assert = require("node:assert/strict");

const [folder, endpoint, jurisdiction, apiKey] = process.argv.slice(2);
const load = Module._load;
Module._load = (name, ...rest) => (["sparkxml", "xml2json"].includes(name) ? {} : load(name, ...rest));
const Open311 = Module.createRequire(`${folder}/`)("open311");

const client = new Open311({ endpoint, jurisdiction, apiKey, format: "json" });
const ask = (method, ...args) =>
  new Promise((done, fail) => {
    client[method](...args, (error, data) => (error ? fail(new Error(`${method}: ${error} ${JSON.stringify(data)}`)) : done(data)));
  });

async function main() {
  const services = await ask("serviceList");
  assert.ok(services.some((one) => one.service_code === "litter-bin"), "litter-bin is not listed");
  const definition = await ask("serviceDefinition", "litter-bin");
  assert.ok(definition.attributes.some((one) => one.code === "fault"), "no attribute of litter-bin");
  const said = {
    service_code: "litter-bin",
    lat: 51.3461,
    long: -2.9772,
    description: "It is on its side.",
    attributes: { fault: "damaged" },
  };
  const [{ service_request_id: number }] = await ask("submitRequest", said);
  assert.match(number, /^[A-Z0-9-]+$/i);
  const open = await ask("serviceRequests", { status: "open" });
  assert.ok(open.length > 0 && open.every((one) => one.status === "open"), "no open one is listed");
  // It sends no key to read with: what it sent waits for a person to look at it.
  assert.ok(!open.some((one) => one.service_request_id === number), "nobody has looked at it, and everybody reads it");
  const [one] = await ask("serviceRequests", open[0].service_request_id);
  assert.deepEqual(one, open[0]);
  const [{ service_request_id: same }] = await ask("token", open[0].service_request_id);
  assert.equal(same, open[0].service_request_id);
  console.log(`proof: Open311: open311 of npm sent ${number}, and read ${services.length} services and ${open.length} open reports`);
}

main().catch((error) => {
  console.error(`a client of Open311: ${error.message}`);
  process.exitCode = 1;
});
