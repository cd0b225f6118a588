import { createHash } from "node:crypto";
import { expect, test } from "../fixtures/house.mjs";

const PAGES = ["/", "/report", "/report/fly-tipping", "/report/crime.theft", "/track", "/staff/sign-in", "/demo/staff", "/nothing"];
const INLINE = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

for (const path of PAGES) {
  test(`the policy of ${path} names exactly its inline script, and nothing else is inline`, async ({ request }) => {
    const answer = await request.get(path);
    const policy = answer.headers()["content-security-policy"];
    const html = await answer.text();
    const hashes = [...html.matchAll(INLINE)].map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    for (const hash of hashes) expect(policy).toContain(hash);
    const named = policy.match(/'sha256-[^']+'/g) ?? [];
    expect(named).toHaveLength(1);
    if (path !== "/nothing") expect(hashes).toEqual(named);
    expect(policy).not.toContain("unsafe");
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+="/);
    for (const [, address] of html.matchAll(/\s(?:src|action)="([^"]*)"/g)) expect(address).toMatch(/^\//);
  });
}

test("the browser itself refuses an inline script that is not the page's own", async ({ page, faults }) => {
  await page.goto("/");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran === true;
  });
  expect(ran).toBe(false);
  // The refusal stands on the console, as the guard of every test would see it.
  await expect.poll(() => faults.found.length).toBeGreaterThan(0);
  expect(faults.found.splice(0).join()).toMatch(/Content Security Policy/i);
});

test("answers are never kept by the browser @nojs @main", async ({ page }) => {
  const kept = [];
  page.on("response", (answer) => {
    if (/^\/(report\/[^/]+\/|track\/\d|staff)/.test(new URL(answer.url()).pathname)) kept.push(answer.headers()["cache-control"]);
  });
  await page.goto("/report/crime.theft");
  await page.locator('[name="gate.now"][value="no"]').check();
  await page.locator('main form[method="post"] button:not([name])').last().click();
  await page.goto("/staff/sign-in");
  expect(kept.length).toBeGreaterThan(1);
  for (const one of kept) expect(one).toContain("no-store");
});
