// The pin picker and "Use my location" in a real browser, under our content security policy.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { absent, across, complaints, doubleText, launch, phone, skip, small } from "./browser.mjs";
import { serve } from "./page.mjs";

let browser, server, context, page, wrong;
before(async () => {
  if (absent) return;
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  if (!absent) await open({});
});

async function open(options) {
  await context?.close();
  ({ context, page, wrong } = await phone(browser, server.address, { viewport: { width: 320, height: 700 }, ...options }));
  await page.goto(server.address);
}

const said = (words) => page.getByRole("status").filter({ hasText: words }).waitFor();
const value = (name) => page.locator(`input[name="${name}"]`).inputValue();
async function showMap() {
  await page.getByRole("button", { name: "Show map" }).click();
  await said("The map is ready.");
}

test("no map code and no tile is asked for before the tap", { skip }, async () => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  assert.ok(!asked.some((path) => /pin|tiles/.test(path)), asked.join(" "));
  await showMap();
  assert.ok(asked.some((path) => /^\/assets\/pin-.*js$/.test(path)));
  assert.deepEqual(wrong, []);
});

test("arrow keys move the pin, and putting it there fills the form and reads it back", { skip }, async () => {
  await showMap();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("alt")), "Pin. Use the arrow keys to move it.");
  for (const key of ["ArrowUp", "ArrowUp", "ArrowLeft"]) await page.keyboard.press(key);
  assert.equal(await value("where.lat"), "");
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await said("Pin at 51.3461, -2.9771 near Example Street.");
  assert.equal(await value("where.lat"), "51.346090");
  assert.equal(await value("where.lon"), "-2.977072");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("taken").waitFor();
  assert.equal(server.posted.at(-1).get("where.lat"), "51.346090");
  assert.equal(server.posted.at(-1).get("where.how"), "pin");
  assert.deepEqual(wrong, []);
});

test("four buttons move the pin, and it can be removed", { skip }, async () => {
  await showMap();
  await page.getByRole("button", { name: "Move the pin down" }).click();
  await page.getByRole("button", { name: "Move the pin right" }).click();
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await said("Pin at 51.3460, -2.9769 near");
  await page.getByRole("button", { name: "Remove the pin" }).waitFor();
  assert.equal(await value("where.lat"), "51.345955");
  await page.getByRole("button", { name: "Remove the pin" }).click();
  await said("Pin removed.");
  assert.deepEqual([await value("where.lat"), await value("where.lon"), await value("where.how")], ["", "", ""]);
});

test("a pin takes the place of what was typed, and says so", { skip }, async () => {
  await page.getByLabel("Where is it?").fill("Example Street");
  await showMap();
  assert.equal(await value("where.text"), "Example Street");
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await said("Pin at 51.3460, -2.9770 near Example Street. We use this, not what you typed.");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("taken").waitFor();
  const sent = server.posted.at(-1);
  assert.deepEqual(["text", "lat", "how"].map((part) => sent.get(`where.${part}`)), ["", "51.346000", "pin"]);
});

test("a pin put where nothing was typed replaces nothing", { skip }, async () => {
  await showMap();
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await said("near Example Street.");
  assert.equal(await page.getByText("not what you typed").count(), 0);
});

test("typing again takes the pin away, and says so", { skip }, async () => {
  await showMap();
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await said("near Example Street.");
  await page.getByLabel("Where is it?").pressSequentially("BS23");
  await said("Pin removed. We use what you type.");
  assert.equal(await page.getByRole("button", { name: "Remove the pin" }).count(), 0);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("taken").waitFor();
  const sent = server.posted.at(-1);
  assert.deepEqual(["text", "lat", "lon", "how"].map((part) => sent.get(`where.${part}`)), ["BS23", "", "", ""]);
  assert.deepEqual(wrong, []);
});

test("there is nothing to remove before a pin is put", { skip }, async () => {
  await showMap();
  assert.equal(await page.getByRole("button", { name: "Remove the pin" }).count(), 0);
});

test("a tap on the map moves the pin there", { skip }, async () => {
  await showMap();
  const map = page.getByRole("region", { name: "Map for placing the pin" });
  await map.tap({ position: { x: 60, y: 200 } });
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await said("Pin at");
  assert.ok(Number(await value("where.lon")) < -2.977);
});

test("the map with its controls keeps axe quiet, targets large and the page narrow", { skip }, async () => {
  await showMap();
  assert.deepEqual(await complaints(page), []);
  assert.deepEqual(await small(page), []);
  if (process.env.PICTURES) {
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(process.env.PICTURES, "map.png"), fullPage: true });
  }
  assert.ok((await across(page)) <= 320);
  await doubleText(page);
  assert.ok((await across(page)) <= 320, `${await across(page)} px wide at 200%`);
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, "large.png"), fullPage: true });
});

test("my location is asked for on tap only, and sent only by Continue", { skip }, async () => {
  await open({ geolocation: { latitude: 51.3458, longitude: -2.9672 }, permissions: ["geolocation"] });
  const before = server.posted.length;
  await page.getByRole("button", { name: "Use my location" }).click();
  await said("Pin at 51.3458, -2.9672 near Example Street.");
  assert.equal(await value("where.lat"), "51.345800");
  assert.equal(await value("where.how"), "device");
  assert.equal(server.posted.length, before);
});

test("a refused location is said in plain words and the text field stays", { skip }, async () => {
  await page.getByRole("button", { name: "Use my location" }).click();
  await said("Your browser does not let us see where you are. Type the place above instead.");
  await page.getByLabel("Where is it?").fill("Example Street");
});

test("without an answer about the place the figures stand alone", { skip }, async () => {
  await open({ geolocation: { latitude: 50.9, longitude: -3 }, permissions: ["geolocation"] });
  await page.getByRole("button", { name: "Use my location" }).click();
  await said("Pin at 50.9000, -3.0000.");
});

test("without JavaScript there are no buttons for it, only the text field", { skip }, async () => {
  await open({ javaScriptEnabled: false });
  assert.equal(await page.getByRole("button").count(), 1);
  await page.getByLabel("Where is it?").fill("Example Street");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("taken").waitFor();
  assert.equal(server.posted.at(-1).get("where.text"), "Example Street");
});
