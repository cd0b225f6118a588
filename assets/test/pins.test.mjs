// The map of reports at the desk: that it and the list under it agree, in a real browser, under our content security policy.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { absent, across, complaints, doubleText, launch, phone, skip, small } from "./browser.mjs";
import { BOX, pinsIn, reports } from "./desk.mjs";
import { serve } from "./page.mjs";

const NO_ANSWER = "We cannot show the reports of this view now. Move the map to try again.";

let browser, server, context, page, wrong, asked;
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
  if (!absent) await fresh(320);
});

async function fresh(width, options) {
  await context?.close();
  const desk = width > 1000 && { isMobile: false, hasTouch: false, deviceScaleFactor: 1 };
  ({ context, page, wrong } = await phone(browser, server.address, { viewport: { width, height: 800 }, ...desk, ...options }));
  asked = [];
  page.on("request", (request) => asked.push(new URL(request.url())));
}

async function open(query = "view=mine&service=fly-tipping") {
  await page.goto(`${server.address}staff/map?${query}`);
  await said("on the map.");
}

const said = (words) => page.getByRole("status").filter({ hasText: words }).waitFor();
const line = () => page.getByRole("status").textContent();
const frame = () => page.getByRole("region", { name: "Map of the reports listed below" });
const drawn = () => page.locator(".leaflet-marker-pane .moot-pin");
const groups = () => page.locator(".moot-group");
const press = (name) => page.getByRole("button", { name }).click();
const boxes = (path) => asked.filter(({ pathname }) => pathname === path).map(({ searchParams }) => searchParams.get("box"));
const boxNow = () => new URL(page.url()).searchParams.get("box");
/** How many degrees of longitude the address tells of. */
const wide = () => Number(boxNow().split(",")[3]) - Number(boxNow().split(",")[1]);
const title = () => page.locator("#in-view-title").textContent();
/** Moves the map a little, and waits until the address tells of it. */
async function moved(act = () => frame().press("ArrowRight")) {
  const before = page.url();
  await act();
  await page.waitForFunction((before) => location.href !== before, before);
}
/** Answers for pins with what it is given. */
const pinsAre = (answer) => page.route("**/staff/pins?*", (route) => route.fulfill(answer));
const few = (...pins) => ({ json: { total: pins.length, kinds: ["Fly-tipping", "Noise"], pins, clusters: [] } });

test("as many pins are drawn as reports are in the box, and the line says how many", { skip }, async () => {
  await open();
  const there = pinsIn(BOX).pins;
  assert.equal(await drawn().count(), there.length);
  assert.equal(await line(), `${there.length} reports on the map.`);
  assert.equal(await title(), `${there.length} reports in this view`);
  for (const [n, look] of ["open", "urgent", "overdue", "both"].entries()) {
    const some = await page.locator(`.leaflet-marker-pane .moot-pin--${look}`).count();
    assert.equal(some, there.filter((pin) => pin[4] === n).length, look);
  }
  assert.deepEqual(boxes("/staff/pins"), [BOX]);
  assert.equal(asked.find(({ pathname }) => pathname === "/staff/pins").search, `?view=mine&service=fly-tipping&box=${BOX}`);
  assert.deepEqual(boxes("/staff/map"), [null], "the list that came with the page is the list of this box");
  assert.deepEqual(wrong, []);
});

test("a shape and a word stand for each look, and no two shapes are the same", { skip }, async () => {
  await open();
  const legend = page.getByRole("list", { name: "What the pins mean" });
  assert.deepEqual(await legend.getByRole("listitem").allTextContents(), ["Open", "Urgent", "Overdue", "Urgent and overdue"]);
  const outlines = await legend.locator(".moot-pin").evaluateAll((all) =>
    all.map((one) => /<(circle|path d='[^']+)/.exec(getComputedStyle(one).backgroundImage)[1]),
  );
  assert.equal(new Set(outlines).size, 4, outlines.join("\n"));
});

test("a pin says in words what it is, and leads to the report", { skip }, async () => {
  await pinsAre(few([51.345, -2.96, 17, 0, 0], [51.345, -2.93, 18, 1, 3]));
  await open();
  await page.locator(".leaflet-marker-pane .moot-pin--open").tap();
  const popup = page.locator(".leaflet-popup-content");
  assert.equal(await popup.innerText(), "Fly-tipping\nOpen the report");
  await page.locator(".leaflet-marker-pane .moot-pin--both").tap();
  await popup.getByText("Noise, urgent and overdue").waitFor();
  assert.equal(await popup.last().getByRole("link", { name: "Open the report" }).getAttribute("href"), "/staff/pins/18");
  assert.equal(await popup.last().getByRole("link").count(), 1);
  assert.deepEqual(await small(page), []);
});

test("what a kind is called is text, whatever it holds", { skip }, async () => {
  await pinsAre({ json: { ...few([51.345, -2.95, 17, 0, 1]).json, kinds: ["<img src=x>"] } });
  await open();
  await drawn().tap();
  await page.getByText("<img src=x>, urgent").waitFor();
  assert.equal(await page.locator(".leaflet-popup img").count(), 0);
});

test("pins under one finger are named together, the nearest first", { skip }, async () => {
  await pinsAre(few([51.345, -2.95, 1, 0, 0], [51.345, -2.95, 2, 1, 0], [51.3451, -2.9501, 3, 0, 2], [51.345, -2.91, 4, 0, 0]));
  await open();
  await drawn().nth(2).tap();
  const links = page.locator(".leaflet-popup").getByRole("link", { name: "Open the report" });
  const leads = await links.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.deepEqual(leads, ["/staff/pins/3", "/staff/pins/1", "/staff/pins/2"]);
});

test("the words of a pin stay when the map moves to make room for them", { skip }, async () => {
  await open();
  const tops = await drawn().evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  const north = drawn().nth(tops.indexOf(Math.min(...tops)));
  await north.dispatchEvent("click");
  const words = await page.locator(".leaflet-popup-content").innerText();
  assert.equal(boxes("/staff/pins").length, 1, "there was room");
  await moved(() => frame().press("ArrowDown"));
  assert.equal(await page.locator(".leaflet-popup-content").innerText(), words);
});

test("a move asks for the new box, and changes the list and the address with the map", { skip }, async () => {
  await open();
  await moved();
  const box = boxNow();
  assert.match(box, /^51\.\d{1,5},-\d\.\d{1,5},51\.\d{1,5},-\d\.\d{1,5}$/);
  assert.deepEqual(boxes("/staff/pins"), [BOX, box]);
  assert.deepEqual(boxes("/staff/map"), [null, box]);
  assert.ok(page.url().includes("/staff/map?view=mine&service=fly-tipping&box="), page.url());
  const { total, pins } = pinsIn(box);
  assert.notEqual(total, pinsIn(BOX).total);
  assert.equal(await title(), `${total} reports in this view`);
  assert.equal(await line(), `${total} reports on the map.`);
  assert.equal(await drawn().count(), pins.length);
  assert.deepEqual(wrong, []);
});

test("a filter and a view open the box that is seen now, a place its own", { skip }, async () => {
  await open();
  await moved();
  const box = boxNow();
  const leads = (name) => page.getByRole("link", { name }).getAttribute("href");
  assert.equal(await leads("Overdue"), `${server.address}staff/map?view=late&box=${box}`);
  assert.equal(await leads("Nailsea"), "/staff/map?box=51.4,-2.8,51.5,-2.7");
  await press("Filter");
  await said("on the map.");
  assert.equal(boxNow(), box);
});

test("a page that is loaded again shows the view it was left in, from nearest too", { skip }, async () => {
  // The nearest zoom, where a metre more does not fit.
  await page.goto(`${server.address}staff/map?ground=tiles&box=51.346,-2.978,51.348,-2.976`);
  await page.getByRole("status").filter({ hasText: "report" }).waitFor();
  const nearest = async () => (await page.getByRole("button", { name: "Zoom in" }).getAttribute("aria-disabled")) === "true";
  while (!(await nearest())) await moved(() => press("Zoom in"));
  const box = boxNow();
  await page.reload();
  await page.getByRole("status").filter({ hasText: "report" }).waitFor();
  assert.ok(await nearest());
  assert.equal(boxes("/staff/pins").at(-1), box);
});

test("moves that follow each other at once are asked for once", { skip }, async () => {
  await fresh(1280);
  await open();
  await moved(async () => {
    const { x, y } = await frame().boundingBox();
    for (let n = 0; n < 3; n += 1) {
      await page.mouse.move(x + 200, y + 60);
      await page.mouse.down();
      await page.mouse.move(x + 240, y + 60);
      await page.mouse.up();
      await page.waitForTimeout(20);
    }
  });
  await page.waitForTimeout(500);
  assert.deepEqual(boxes("/staff/pins"), [BOX, boxNow()]);
  assert.deepEqual(boxes("/staff/map"), [null, boxNow()]);
});

test("an answer that was overtaken is ignored", { skip }, async () => {
  await open();
  let first;
  const late = new Promise((arrived) => (first = arrived));
  let held = null;
  await page.route("**/staff/pins?*", (route) => {
    if (held) return route.fallback();
    held = route;
    first();
  });
  await frame().press("ArrowRight");
  await late;
  await moved(() => frame().press("ArrowDown"));
  const [words, address] = [await line(), page.url()];
  // Its connection was given up; where it was not, the answer comes to nobody.
  await held.fulfill(few([51.345, -2.95, 17, 0, 0])).catch(() => {});
  await page.waitForTimeout(300);
  assert.deepEqual([await line(), page.url()], [words, address]);
  assert.equal(await drawn().count(), pinsIn(boxNow()).total);
  assert.equal(boxes("/staff/pins").length, 3);
});

test("too many for pins are counted groups whose counts add up, and a tap moves closer", { skip }, async () => {
  await open();
  for (let n = 0; n < 2; n += 1) await moved(() => press("Zoom out"));
  await said("1,240 reports in this view, shown in groups. Move closer to see each.");
  assert.equal(await title(), "1,240 reports in this view");
  assert.equal(await drawn().count(), 0);
  const counts = (await groups().allTextContents()).map((words) => Number(words.replace(",", "")));
  assert.equal(counts.reduce((sum, count) => sum + count, 0), reports.length);
  const apart = await groups().evaluateAll((all) => {
    const middles = all.map((one) => one.getBoundingClientRect()).map(({ x, y, width }) => [x + width / 2, y + width / 2, width / 2]);
    return middles.every((a, n) => middles.slice(n + 1).every((b) => Math.hypot(a[0] - b[0], a[1] - b[1]) >= a[2] + b[2]));
  });
  assert.ok(apart, "no group lies on another");
  const before = wide();
  await moved(() => groups().first().tap());
  assert.ok(Math.abs(before / wide() - 4) < 0.1, `${before} and ${wide()}`);
  assert.deepEqual(wrong, []);
});

test("one tap hides all pins, and one shows them again", { skip }, async () => {
  await pinsAre(few([51.345, -2.95, 17, 0, 0]));
  await open();
  await drawn().tap();
  await press("Hide pins");
  assert.equal(await line(), "1 report in this view. The pins are hidden.");
  assert.equal(await drawn().filter({ visible: true }).count(), 0);
  await page.locator(".leaflet-popup").waitFor({ state: "detached" });
  await moved();
  await said("1 report in this view. The pins are hidden.");
  assert.equal(await drawn().filter({ visible: true }).count(), 0, "a move does not bring them back");
  await press("Show pins");
  assert.equal(await line(), "1 report on the map.");
  assert.equal(await drawn().filter({ visible: true }).count(), 1);
});

test("a view without reports says so", { skip }, async () => {
  await pinsAre(few());
  await page.goto(`${server.address}staff/map`);
  await said("No reports in this view.");
  assert.equal(asked.find(({ pathname }) => pathname === "/staff/pins").search, `?box=${BOX}`);
});

for (const [what, path, answer] of [
  ["the list is busy", "map", { status: 503, contentType: "text/html", body: "<h1>Busy</h1>" }],
  ["the list is another page", "map", { contentType: "text/html", body: "<h1>Another page</h1>" }],
  ["the list is somewhere else", "map", { status: 303, headers: { location: "/staff/map" } }],
  ["the pins do not come", "pins", { status: 500, body: "" }],
  ["the pins are no pins", "pins", { contentType: "text/html", body: "<h1>Another page</h1>" }],
]) {
  test(`map, list and address stay as they were when ${what}`, { skip }, async () => {
    await open();
    const there = async () => [await drawn().count(), await page.locator("#in-view").innerHTML(), page.url()];
    const before = await there();
    await page.route(`**/staff/${path}?*`, (route) => route.fulfill(answer));
    await frame().press("ArrowRight");
    await said(NO_ANSWER);
    assert.deepEqual(await there(), before);
    assert.equal(await page.locator(".moot-place__said--wrong").count(), 1);
    await page.unroute(`**/staff/${path}?*`);
    await moved();
    await said("on the map.");
  });
}

test("pins that do not come at first are said so, and the next move brings them", { skip }, async () => {
  await pinsAre({ status: 500, body: "" });
  await page.goto(`${server.address}staff/map?view=mine`);
  await said(NO_ANSWER);
  await page.unroute("**/staff/pins?*");
  await moved();
  await said("on the map.");
  assert.equal(await page.locator(".moot-place__said--wrong").count(), 0);
});

test("a map that does not come leaves the list alone, and says so", { skip }, async () => {
  await page.route("**/places/outline", (route) => route.fulfill({ status: 500, body: "" }));
  await page.goto(`${server.address}staff/map?view=mine`);
  await said("We cannot show the map now. The list below has all reports.");
  assert.equal(await page.locator(".moot-map, .moot-pins__foot, .moot-map__source").count(), 0);
  assert.equal(await page.getByRole("link", { name: /^R-/ }).count(), 25);
});

test("without JavaScript there is the list, and nothing for a map", { skip }, async () => {
  await fresh(320, { javaScriptEnabled: false });
  await page.goto(`${server.address}staff/map?view=mine`);
  assert.equal(await page.locator(".moot-pins").innerHTML(), "");
  assert.equal(await page.getByRole("link", { name: /^R-/ }).count(), 25);
});

test("arrow keys, plus and minus move the map; pins are for the pointer alone", { skip }, async () => {
  await open();
  await frame().focus();
  await moved(() => page.keyboard.press("ArrowUp"));
  const before = wide();
  await moved(() => page.keyboard.press("+"));
  assert.ok(Math.abs(before / wide() - 2) < 0.1);
  await moved(() => page.keyboard.press("-"));
  assert.ok(Math.abs(before / wide() - 1) < 0.1);
  const tree = await frame().ariaSnapshot();
  assert.ok(tree.includes("Zoom in") && !tree.includes("Kewstoke"), tree);
  assert.equal(await page.locator(".leaflet-marker-pane[aria-hidden=true]").count(), 1);
  assert.equal(await page.locator(".leaflet-marker-pane [tabindex]").count(), 0);
});

test("the wheel scrolls the page until the map is clicked on", { skip }, async () => {
  await fresh(1280);
  await open();
  await frame().hover();
  await page.mouse.wheel(0, 100);
  await page.waitForFunction(() => scrollY > 0);
  await page.waitForTimeout(400);
  assert.equal(boxNow(), null);
  await frame().click({ position: { x: 300, y: 400 } });
  await moved(() => page.mouse.wheel(0, 100));
});

test("with a base map it is drawn on tiles, and says whose they are", { skip }, async () => {
  await open("ground=tiles");
  await page.locator("canvas.leaflet-tile").first().waitFor();
  assert.equal(await page.locator(".moot-map__source").count(), 0);
  assert.equal(await page.locator(".leaflet-control-attribution").textContent(), "Made-up words, licences");
  assert.equal(await drawn().count(), pinsIn(BOX).total);
  assert.deepEqual(wrong, []);
});

test("it keeps axe quiet, targets large and the page narrow", { skip }, async () => {
  for (const width of [320, 412, 1280]) {
    await fresh(width);
    await open();
    const shot = (name) => process.env.PICTURES && page.screenshot({ path: join(process.env.PICTURES, `pins-${width}-${name}.png`), fullPage: true });
    await shot("map");
    assert.deepEqual(await complaints(page), [], `${width}`);
    assert.deepEqual(await small(page), [], `${width}`);
    await page.locator(".leaflet-marker-pane .moot-pin--both").first().dispatchEvent("click");
    await page.waitForTimeout(600);
    await shot("popup");
    assert.deepEqual(await complaints(page), [], `${width} with words of a pin`);
    assert.deepEqual(await small(page), [], `${width} with words of a pin`);
    assert.ok((await across(page)) <= width);
    await doubleText(page);
    assert.ok((await across(page)) <= width, `${width} at 200%`);
    await shot("large");
  }
});
