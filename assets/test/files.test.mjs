// What files.ts does when the server's answer is not what it hopes for. The journeys in e2e/ show what it does when it is.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { absent, calling, launch, skip } from "./browser.mjs";

const HOME = "http://house.test/files";

const html = (rows, button = ' name="photos.add"') => `<!DOCTYPE html><html lang="en"><head><title>Photos</title></head><body>
<form method="post" action="/files?from=check" enctype="multipart/form-data"><input type="hidden" name="now" value="no">
<div data-files="photos"><ol>${rows.map((row) => `<li>${row}</li>`).join("")}</ol>
<input type="file" id="new" name="photos.new" accept="image/*" multiple><button type="submit"${button}>Upload</button></div>
<button type="submit">Continue</button></form></body></html>`;

let browser, script, page, posted, answer, kept;
before(async () => {
  if (absent) return;
  script = await calling("files");
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  if (absent) return;
  await page?.close();
  [posted, kept] = [[], []];
  answer = () => ({ status: 200, json: { errors: [] } });
  page = await browser.newPage();
  await page.route("**/*", async (route) => {
    if (route.request().method() === "POST") {
      posted.push(route.request().postDataBuffer().toString("latin1"));
      return route.fulfill(answer(posted.length));
    }
    return kept === null ? route.abort() : route.fulfill({ contentType: "text/html", body: html(kept) });
  });
});

async function open(button) {
  await page.goto(HOME);
  if (button !== undefined) await page.setContent(html([], button));
  await page.addScriptTag({ content: script });
}

const choose = (...names) => page.setInputFiles("#new", names.map((name) => ({ name, mimeType: "image/jpeg", buffer: Buffer.from(name) })));
const said = (words) => page.getByRole("status").filter({ hasText: words }).waitFor();
const line = () => page.getByRole("status").textContent();

test("each file goes alone, and the hidden answers of the form go with each", { skip }, async () => {
  await open();
  kept = ["one", "two"];
  await choose("one.jpg", "two.jpg");
  await said("2 photos added.");
  assert.equal(posted.length, 2);
  for (const [n, name] of ["one.jpg", "two.jpg"].entries()) {
    assert.match(posted[n], /name="now"\r\n\r\nno\r\n/);
    assert.equal(posted[n].match(/filename="/g).length, 1);
    assert.ok(posted[n].includes(`name="photos.new"; filename="${name}"`));
  }
  assert.equal(await page.locator("li").count(), 2, "the list is the server's");
});

test("a page where words were hoped for says that this file is not kept, and the next one goes", { skip }, async () => {
  await open();
  answer = (n) => (n === 1 ? { status: 503, contentType: "text/html", body: "<h1>Busy</h1>" } : { json: { errors: [] } });
  await choose("one.jpg", "two.jpg");
  await said("1 photo added.");
  assert.equal(await line(), "1 photo added.\n\nWe could not keep “one.jpg”. Try again in a few minutes.");
});

test("what the server says is text, whatever it holds", { skip }, async () => {
  await open();
  answer = () => ({ status: 422, json: { errors: ["“<img src=x>” is empty"] } });
  await choose("<img src=x>");
  await said("is empty");
  assert.equal(await line(), "“<img src=x>” is empty.");
  assert.equal(await page.locator("img").count(), 0);
});

test("a list that cannot be fetched leaves the page as it was, and more can be chosen", { skip }, async () => {
  await open();
  kept = null;
  await choose("one.jpg");
  await said("1 photo added.");
  await choose("two.jpg");
  await page.waitForFunction(() => !document.querySelector("#new").disabled);
  assert.equal(posted.length, 2);
});

test("where it cannot be undone nothing goes before the button is pressed", { skip }, async () => {
  await open("");
  await choose("one.jpg");
  await page.waitForTimeout(200);
  assert.equal(posted.length, 0);
  await page.getByRole("button", { name: "Upload" }).click();
  await said("1 photo added.");
  assert.equal(posted.length, 1);
});

test("pressed with nothing chosen the form goes its own way, so that the server says what is missing", { skip }, async () => {
  await open("");
  answer = () => ({ status: 422, contentType: "text/html", body: "<h1>Choose a photo first</h1>" });
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByRole("heading", { name: "Choose a photo first" }).waitFor();
});

test("a photo that was chosen before the script was there goes too", { skip }, async () => {
  await page.goto(HOME);
  await choose("early.jpg");
  kept = ["early"];
  await page.addScriptTag({ content: script });
  await said("1 photo added.");
  assert.equal(posted.length, 1);
  assert.ok(posted[0].includes('filename="early.jpg"'));
});
