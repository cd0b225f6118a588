// A gateway that speaks as GOV.UK Pay's documentation says (https://docs.payments.service.gov.uk/api_reference/), with a page of two
// buttons where its card page would be. It keeps its payments in memory. Arguments: port, key.
import { createServer } from "node:http";

const [port, key] = process.argv.slice(2);
const at = `http://127.0.0.1:${port}`;
const payments = [];
const finished = (status) => ["success", "failed", "cancelled", "error"].includes(status);

const shown = (one) => ({
  ...one.asked,
  payment_id: one.id,
  state: { status: one.status, finished: finished(one.status) },
  payment_provider: "sandbox",
  refund_summary: { status: "available", amount_submitted: one.refunded },
  _links: {
    self: { href: `${at}/v1/payments/${one.id}`, method: "GET" },
    ...(finished(one.status) ? {} : { next_url: { href: `${at}/secure/${one.id}`, method: "GET" } }),
  },
});

const page = (one) => `<!doctype html><html lang="en"><title>Card page</title><h1>Pay £${one.asked.amount / 100}</h1>
<p>${one.asked.description}</p>
<form method="post" action="/secure/${one.id}"><button name="status" value="success">Pay</button><button name="status" value="cancelled">Cancel</button></form>`;

/** What is answered: status, body, and a type where it is no JSON. */
function answer(method, parts, body, headers) {
  const one = payments.find((known) => known.id === parts[parts[0] === "secure" ? 1 : 2]);
  if (parts[0] === "secure" && one) {
    if (method === "GET") return [200, page(one), "text/html; charset=utf-8"];
    one.status = new URLSearchParams(body).get("status");
    return [303, "", "text/plain", one.asked.return_url];
  }
  if (parts[0] === "favicon.ico") return [204, ""];
  if (headers.authorization !== `Bearer ${key}`) return [401, { code: "P0920" }];
  const asked = body ? JSON.parse(body) : null;
  if (method === "POST" && parts.join("/") === "v1/payments") {
    const known = payments.find((other) => other.key === headers["idempotency-key"]);
    if (known) return [200, shown(known)];
    payments.push({ id: `pay${payments.length}`, key: headers["idempotency-key"], asked, status: "created", refunded: 0 });
    return [201, shown(payments.at(-1))];
  }
  if (!one) return [404, { code: "P0200" }];
  if (method === "GET") return [200, shown(one)];
  if (parts[3] === "cancel") {
    if (finished(one.status)) return [400, { code: "P0501" }];
    one.status = "cancelled";
    return [204, null];
  }
  if (parts[3] === "refunds") {
    one.refunded += asked.amount;
    return [202, { refund_id: "r1", status: "submitted" }];
  }
  return [404, { code: "P0200" }];
}

createServer(async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  const parts = new URL(request.url, at).pathname.split("/").slice(1);
  const [status, said, type = "application/json", location] = answer(request.method, parts, body, request.headers);
  response.writeHead(status, { "content-type": type, ...(location ? { location } : {}) });
  response.end(type === "application/json" ? (said === null ? "" : JSON.stringify(said)) : said);
}).listen(Number(port), "127.0.0.1");
