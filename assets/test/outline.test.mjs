// The pin picker without a base map: outlines and names of our own, in a real browser, under our content security policy.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { absent, across, complaints, doubleText, launch, phone, skip, small } from "./browser.mjs";
import { demonstration, serve } from "./page.mjs";

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
  if (!absent) await open(320);
});
afterEach(() => server?.draw(demonstration()));

async function open(width) {
  await context?.close();
  ({ context, page, wrong } = await phone(browser, server.address, { viewport: { width, height: 800 } }));
  await page.goto(`${server.address}outline`);
}

const said = (words) => page.getByRole("status").filter({ hasText: words }).waitFor();
const value = (name) => page.locator(`input[name="${name}"]`).inputValue();
const region = () => page.getByRole("region", { name: "Map for placing the pin" });
async function showMap() {
  await page.getByRole("button", { name: "Show map" }).click();
  await said("The map is ready.");
}
async function nearer(times) {
  const button = page.getByRole("button", { name: "Zoom in" });
  for (let n = 0; n < times && (await button.getAttribute("aria-disabled")) === "false"; n += 1) {
    await button.click();
    await page.waitForTimeout(400);
  }
}
const names = () => page.locator(".moot-map__name:visible").allTextContents();

/** The whole, then the coast of one town from nearer and nearer. */
async function pictures(width) {
  const shot = (zoom) => page.screenshot({ path: join(process.env.PICTURES, `outline-${width}-${zoom}.png`), fullPage: true });
  await shot(0);
  await page.reload();
  for (const [name, degrees] of [["lat", "51.3463"], ["lon", "-2.9765"]]) {
    await page.locator(`input[name="where.${name}"]`).evaluate((input, text) => (input.value = text), degrees);
  }
  await showMap();
  for (const zoom of [14, 15]) {
    await shot(zoom);
    await nearer(1);
  }
  await page.reload();
  await showMap();
  await nearer(2);
  await shot(2);
}

/** Pairs of names that lie on each other or on a button, and names cut by the edge. */
const overlapping = () =>
  page.$$eval(".moot-map__name", (all) => {
    const frame = document.querySelector(".moot-map").getBoundingClientRect();
    const boxes = [...all, ...document.querySelectorAll(".leaflet-control")]
      .filter((one) => !one.hidden)
      .map((one) => [one.textContent, one.getBoundingClientRect()]);
    const inside = ([, box]) => box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const cut = boxes.filter((one) => meet(one[1], frame) && !inside(one)).map(([name]) => `${name} and the edge`);
    const pairs = boxes.flatMap(([name, box], n) => boxes.slice(n + 1).filter(([, other]) => meet(box, other)).map(([other]) => `${name} and ${other}`));
    return [...pairs, ...cut];
  });

test("nothing of the map is asked for before the tap, and no tile after it", { skip }, async () => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  assert.ok(!asked.some((path) => /pin|tiles|places/.test(path)), asked.join(" "));
  await showMap();
  assert.equal(asked.filter((path) => path === "/places/outline").length, 1);
  assert.ok(!asked.some((path) => path.startsWith("/tiles")), asked.join(" "));
  assert.deepEqual(wrong, []);
});

test("land, sea and each area are drawn, and the towns are named", { skip }, async () => {
  await showMap();
  const drawn = demonstration().features.filter(({ geometry }) => geometry.type !== "Point").length;
  assert.equal(await page.locator(".moot-map path").count(), drawn);
  const written = await names();
  for (const name of ["Portishead", "Weston-super-Mare", "North Somerset"]) assert.ok(written.includes(name), `${name}: ${written}`);
  assert.ok(!written.includes("Yatton") && !written.includes("Grand Pier"));
  const colour = (element) => getComputedStyle(element).backgroundColor;
  assert.equal(await region().evaluate(colour), "rgb(213, 230, 236)");
});

test("villages and streets are named as the map grows, and no two names lie on each other", { skip }, async () => {
  for (const width of [320, 412, 1024]) {
    await open(width);
    await showMap();
    for (let zoom = 0; zoom < 7; zoom += 1) {
      assert.deepEqual(await overlapping(), [], `${zoom} nearer at ${width} px`);
      await nearer(1);
    }
  }
  await open(1024);
  await showMap();
  await nearer(2);
  const written = await names();
  assert.ok(written.includes("Yatton") && written.includes("Nailsea") && !written.includes("North Somerset"), `${written}`);
});

test("it says that it is rough, from when it is and whose", { skip }, async () => {
  await showMap();
  const words = await page.locator(".moot-map__source").textContent();
  assert.equal(
    words,
    "This is a rough map for the demonstration. Council areas (rough), Places (a few): drawn by hand. Do not rely on it.",
  );
});

test("of real boundaries it says how simply they are drawn, and sea is not made up", { skip }, async () => {
  const real = { ...demonstration(), rough: false, metres: 40, sets: [{ name: "Districts", dated: "May 2025", attribution: "" }] };
  real.features = real.features.filter(({ properties }) => properties.part !== "land");
  server.draw(real);
  await showMap();
  const words = await page.locator(".moot-map__source").textContent();
  assert.equal(words, "Lines are drawn simply: up to 40 metres from where they are. Districts: May 2025.");
  const colour = (element) => getComputedStyle(element).backgroundColor;
  assert.equal(await region().evaluate(colour), "rgb(231, 235, 230)");
});

test("what was tapped stays in sight when the map is made bigger", { skip }, async () => {
  await showMap();
  await region().tap({ position: { x: 60, y: 300 } });
  await page.waitForTimeout(400);
  await nearer(8);
  const [map, pin] = [await region().boundingBox(), await page.getByAltText("Pin. Use").boundingBox()];
  assert.ok(pin.x > map.x && pin.y > map.y && pin.x + pin.width < map.x + map.width && pin.y + pin.height < map.y + map.height);
  assert.equal(await page.getByRole("button", { name: "Zoom in" }).getAttribute("aria-disabled"), "true");
});

test("names and lines are for the eye alone", { skip }, async () => {
  await showMap();
  const tree = await region().ariaSnapshot();
  assert.ok(!tree.includes("Bristol") && tree.includes("Pin. Use the arrow keys"), tree);
  await region().tap({ position: { x: 100, y: 100 } });
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await said("Pin at");
  assert.notEqual(await value("where.lat"), "");
});

test("the pin begins in the middle, moves by keys and goes into the form", { skip }, async () => {
  await showMap();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("alt")), "Pin. Use the arrow keys to move it.");
  for (const key of ["ArrowUp", "ArrowRight"]) await page.keyboard.press(key);
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await said("near Example Street.");
  const [lat, lon] = [Number(await value("where.lat")), Number(await value("where.lon"))];
  assert.ok(Math.abs(lat - 51.3957) < 0.002 && Math.abs(lon + 2.797) < 0.002, `${lat}, ${lon}`);
  assert.deepEqual(wrong, []);
});

test("a map that does not come is said so, leaves nothing behind and can be asked for again", { skip }, async () => {
  server.draw(null);
  await page.getByRole("button", { name: "Show map" }).click();
  await said("We cannot show the map now. Type the place above instead.");
  assert.equal(await page.locator(".moot-map, .moot-map__source").count(), 0);
  server.draw(demonstration());
  await showMap();
  assert.equal(await page.locator(".moot-map").count(), 1);
});

test("it keeps axe quiet, targets large and the page narrow", { skip }, async () => {
  for (const width of [320, 412]) {
    await open(width);
    await showMap();
    assert.deepEqual(await complaints(page), []);
    assert.deepEqual(await small(page), []);
    if (process.env.PICTURES) await pictures(width);
    assert.ok((await across(page)) <= width);
    await doubleText(page);
    assert.ok((await across(page)) <= width, "at 200%");
  }
});
