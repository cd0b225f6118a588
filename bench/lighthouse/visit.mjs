// Begins a report and sends one, as a browser without script would, and gives the cookies that open its pages.

/** Cookies of one visitor, kept between requests. */
class Visitor {
  jar = new Map();

  constructor(base) {
    this.base = base;
  }

  get cookies() {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async ask(path, form) {
    const answer = await fetch(this.base + path, {
      method: form ? "POST" : "GET",
      body: form && new URLSearchParams(form),
      headers: { cookie: this.cookies, origin: this.base },
      redirect: "manual",
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      this.jar.set(name, value);
    }
    if (answer.status >= 400) throw new Error(`${answer.status} to ${path}`);
    return { to: answer.headers.get("location"), text: await answer.text() };
  }
}

const ANSWERS = [
  ["now", { now: "no" }],
  ["photos", {}],
  ["where", { "where.text": "BS49" }],
  ["land", { land: "road_verge" }],
  ["waste", { waste: "mattress" }],
  ["size", { size: "single_item" }],
];

/** A visitor with every answer given, and the address of their report once it is sent. */
export async function reporter(base) {
  const visitor = new Visitor(base);
  for (const [question, form] of ANSWERS) await visitor.ask(`/report/fly-tipping/q/${question}`, form);
  const answering = visitor.cookies;
  const sender = new Visitor(base);
  for (const [question, form] of ANSWERS) await sender.ask(`/report/fly-tipping/q/${question}`, form);
  await sender.ask("/report/fly-tipping/send", {});
  const { text } = await sender.ask("/report/fly-tipping/done");
  const link = /\/track\/link\/[A-Za-z0-9_-]+/.exec(text)?.[0];
  if (!link) throw new Error("the page after sending names no private link");
  const { to } = await sender.ask(link, {});
  return { answering, following: sender.cookies, report: to };
}
