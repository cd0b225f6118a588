import { COUNCIL, Desk } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { flyTip } from "../../fixtures/journey.mjs";

/** A report that a colleague has read, so that everybody can. */
async function read(page, another) {
  const { reference } = await (await flyTip(page)).send();
  const desk = await Desk.of(another, COUNCIL.officer);
  await desk.open(reference);
  await desk.page.getByRole("button", { name: "We have read it" }).click();
  return { reference, desk };
}

test("a pin is moved, and the public page goes along @nojs @main", async ({ page, another }) => {
  const { reference, desk } = await read(page, another);
  await desk.page.getByRole("link", { name: "Move the pin" }).click();
  const why = desk.page.getByLabel("Why do you move it?");
  const move = desk.page.getByRole("button", { name: "Move the pin" });
  await why.fill("The photo shows the pier.");
  await move.click();
  await expect(desk.page.locator(".govuk-error-summary"), "a place is needed").toBeVisible();
  await expect(why, "nothing typed is lost").toHaveValue("The photo shows the pier.");
  await desk.page.locator('main [name="where.text"]').fill("Clevedon");
  await move.click();
  await expect(desk.main).toContainText("Where, until");
  await expect(desk.main).toContainText("The photo shows the pier.");
  await page.goto(`/reports/${reference}`);
  await expect(page.locator("main")).toContainText("Clevedon");
  await expect(page.locator("main")).not.toContainText("pier");
});

test("a pin is moved on the map @main", async ({ page, another }) => {
  const { reference, desk } = await read(page, another);
  await desk.page.goto(`/staff/reports/${reference}/place`);
  await desk.page.getByRole("button", { name: "Show map" }).click();
  await expect(desk.page.locator(".moot-map")).toBeVisible();
});

test("a report becomes one of another kind, and its reporter reads why @nojs @main", async ({ page, another }) => {
  const { reference, desk } = await read(page, another);
  await desk.page.getByRole("link", { name: "Change what it is about" }).click();
  await desk.page.getByLabel("What is it about?").selectOption({ label: "Pothole" });
  await desk.page.getByLabel("Why do you change it?").fill("The photo shows a hole.");
  await desk.page.getByRole("button", { name: "Change it" }).click();
  await expect(desk.main).toContainText("Changed the service");
  await page.goto(`/reports/${reference}`);
  await expect(page.locator("h1")).toContainText("Pothole");
});

test("a report is kept private for a while @nojs @main", async ({ page, another }) => {
  const { reference, desk } = await read(page, another);
  const set = async (words) => {
    await desk.page.locator("summary", { hasText: words }).click();
    await desk.page.locator('form[action$="/private"] textarea').fill("A neighbour can be seen.");
    await desk.page.getByRole("button", { name: words }).click();
  };
  await set("Mark it private");
  await expect(desk.main).toContainText("Private. Only staff and the person who reported it");
  expect((await page.goto(`/reports/${reference}`)).status()).toBe(404);
  await set("End that it is private");
  expect((await page.goto(`/reports/${reference}`)).status()).toBe(200);
});

test("a report is closed as the same as another, and both pages say so @nojs @main", async ({ page, another }) => {
  // Both are told before anybody can read one of them.
  const first = await (await flyTip(page)).send();
  const second = await (await flyTip(await another())).send();
  const desk = await Desk.of(another, COUNCIL.officer);
  for (const { reference } of [first, second]) {
    await desk.open(reference);
    await desk.page.getByRole("button", { name: "We have read it" }).click();
  }
  await desk.act("duplicate", { same_as: first.reference, words: "We know of it." });
  await expect(desk.main).toContainText("It is the same as report");
  await page.goto(`/reports/${second.reference}`);
  await page.locator(`main a[href="/reports/${first.reference}"]`).click();
  await expect(page.locator("main")).toContainText("One other person");
});
