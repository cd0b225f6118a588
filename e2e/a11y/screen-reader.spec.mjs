// What those hear who do not see the page.
import { burglary } from "../fixtures/burglary.mjs";
import { COUNCIL, Desk } from "../fixtures/desk.mjs";
import { faultsOfErrors, faultsOfPage, heard, orders } from "../fixtures/heard.mjs";
import { expect, test } from "../fixtures/house.mjs";
import { Journey, THEFT, flyTip, leastTheft } from "../fixtures/journey.mjs";
import * as tours from "../fixtures/tours.mjs";

/** Looks at one page; at its errors too, where it has any. */
async function listen(page, state, how) {
  expect.soft(await faultsOfPage(page), `heard at ${state}`).toEqual([]);
  if (!(await page.locator(".govuk-error-summary").count())) return;
  expect.soft(await faultsOfErrors(page, how), `errors heard at ${state}`).toEqual([]);
  const { listed, met } = await orders(page);
  expect.soft(listed, `order of the problems at ${state}`).toEqual(met);
}

test("every question of a burglary, and its error, is heard in order and by name", async ({ page }) => {
  test.setTimeout(120_000);
  let errors = 0;
  const asked = await burglary(page, async (state) => {
    await listen(page, state);
    errors += await page.locator(".govuk-error-summary").count();
  });
  expect(asked, "questions").toBeGreaterThan(25);
  expect(errors, "pages with errors").toBeGreaterThan(5);
});

for (const name of ["recorded", "officers"]) {
  test(`the pages of ${name}, and their errors, are heard in order and by name`, async ({ page, another }) => {
    test.setTimeout(120_000);
    await tours[name]({ page, another, look: (state, where = page) => listen(where, state) });
  });
}

const CONTACT = { "contact.email": "wrong", "contact.phone": "1", "contact.safe_mode": "only" };

async function wrongContact(page, more = {}) {
  const journey = new Journey(page);
  await journey.begin("contact.local_team");
  await journey.walk({ "where.place.text": "Worle", "story.text": "Hello.", "team.reply": "reply" }, "contact");
  await journey.answer("contact", { ...CONTACT, ...more });
  await expect(page.locator(".govuk-error-summary")).toBeVisible();
}

test("several faults in the details of a person are each heard at their field", async ({ page }) => {
  await wrongContact(page, { "contact.name": "R".repeat(300) });
  expect(await faultsOfPage(page)).toEqual([]);
  expect(await faultsOfErrors(page)).toEqual([]);
  expect((await orders(page)).listed.length).toBeGreaterThan(2);
});

test("several faults in the details of a person are listed in the order of their fields", async ({ page }) => {
  await wrongContact(page);
  const { listed, met } = await orders(page);
  expect(listed).toEqual(met);
});

test("faults in two of the things taken are heard at their fields, in order", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk(THEFT, "prop.item");
  await page.getByRole("button", { name: "Add another" }).click();
  await journey.fillAll({
    "prop.item.0.kind": "bicycle",
    "prop.item.0.frame": "F".repeat(300),
    "prop.item.0.value": "a lot",
    "prop.item.1.kind": "phone",
    "prop.item.1.imei": "4".repeat(300),
    "prop.item.1.value": "-4",
  });
  await journey.goOn();
  await listen(page, "two things");
  expect((await orders(page)).listed).toHaveLength(4);
});

test("a message to the team left empty is heard as an error, question by question", async ({ page }) => {
  const journey = new Journey(page);
  await page.goto("/report/contact.local_team");
  for (const [question, answers] of [
    ["where.place", { "where.place.text": "Clevedon" }],
    ["story.text", { "story.text": "Hello." }],
    ["team.reply", { "team.reply": "reply" }],
    ["contact", null],
  ]) {
    await journey.answer(question, {});
    await listen(page, question);
    if (answers) await journey.answer(question, answers);
  }
});

const DOORS = {
  "/track": "Follow",
  "/staff/sign-in": "Sign in",
  [`/track/link/${"a".repeat(32)}`]: "Open",
};

for (const [path, button] of Object.entries(DOORS)) {
  test(`what is wrong at ${path.replace(/a{9,}/, "…")} is heard`, async ({ page }) => {
    await page.goto(path);
    await listen(page, path);
    await page.getByRole("button", { name: button, exact: true }).click();
    await expect(page.locator(".govuk-error-summary")).toBeVisible();
    await listen(page, `${path}, empty`, { whole: true });
  });
}

test("a PIN that is not right is heard at the field of the PIN", async ({ page }) => {
  await leastTheft(page);
  await page.locator('main a[href*="/track/link/"]').first().click();
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByLabel("Your PIN").fill("904127");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator(".govuk-error-summary")).toBeVisible();
  expect(await faultsOfErrors(page)).toEqual([]);
});

test("pages of staff are heard in order, and a table shown as cards is still a table", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const desk = await Desk.of(another, COUNCIL.leader);
  await desk.page.goto("/staff");
  await listen(desk.page, "queue");
  const roles = (await heard(desk.page)).map((one) => one.role);
  for (const role of ["table", "row", "cell", "columnheader"]) expect(roles).toContain(role);
  await desk.open(reference);
  await desk.openAll();
  await listen(desk.page, "report");
  await desk.page.goto(`/staff/reports/${reference}/files`);
  await desk.main.getByRole("button", { name: "Add" }).click();
  await expect(desk.page.locator(".govuk-error-summary")).toBeVisible();
  await listen(desk.page, "a file");
  await desk.open(reference);
  await desk.act("ask", { words: "" });
  await expect(desk.page).toHaveTitle(/^Error: /);
  expect(await faultsOfPage(desk.page)).toEqual([]);
});

test("what is wrong for those who listen is found", async ({ page }) => {
  await page.setContent(`<!DOCTYPE html><html><title>Your details</title><header></header><nav></nav><nav></nav>
    <main><h1>Your details</h1><div class="govuk-error-summary"><div role="alert"><h2>Oh no</h2><ul>
    <li><a href="#b">Enter a year</a></li><li><a href="#a">Enter a name</a></li><li><a href="#gone">Enter more</a></li></ul></div></div>
    <h3>Who</h3><label for="a">Name</label><input id="a"><input id="b"><p class="govuk-error-message">Not in the list</p></main></html>`);
  expect(await faultsOfPage(page)).toEqual([
    "the language of the page is null",
    "0 times contentinfo",
    "navigation: , ",
    "“Who” (3) after “Your details” (1)",
    "a textbox without a name",
  ]);
  expect(await faultsOfErrors(page)).toEqual(["the title is “Your details”", "first in the page comes a heading: “Your details”"]);
  await page.locator("h1").evaluate((title) => title.parentElement.append(title));
  expect(await faultsOfErrors(page)).toEqual([
    "the title is “Your details”",
    "the summary begins with a heading: “Oh no”",
    "“Enter a year” is not heard at b: “”",
    "“Enter a name” is not heard at a: “”",
    "“Enter more” leads to gone, which is no field that is heard",
    "“Not in the list” is not in the summary",
  ]);
  expect(await orders(page)).toEqual({
    listed: ["Enter a year", "Enter a name", "Enter more"],
    met: ["Enter more", "Enter a name", "Enter a year"],
  });
});
