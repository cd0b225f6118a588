import { expect, test } from "../fixtures/house.mjs";
import { theft } from "../fixtures/journey.mjs";

async function sentWithoutName(page) {
  const journey = await theft(page, { "role.kind": "anonymous" });
  await expect(page, "no PIN: there is nobody to open it for").toHaveURL(/\/check$/);
  return journey.send();
}

async function follow(page, reference, code) {
  await page.goto("/track");
  const form = page.locator('form[action="/track"]');
  await form.getByLabel("Reference").fill(reference);
  await form.getByLabel("Code").fill(code);
  await form.getByRole("button").click();
}

test("an anonymous theft asks for no name, and reference and code show the stage only @nojs @main", async ({ page, another }) => {
  const { reference, code } = await sentWithoutName(page);
  await expect(page.locator("main")).not.toContainText("My bag was gone");
  const later = await another();
  await follow(later, reference, code.toLowerCase().replaceAll("-", " "));
  const main = later.locator("main");
  await expect(main).toContainText("We have your report");
  await expect(main).not.toContainText("My bag was gone");
  await expect(main).not.toContainText("What you told us");
  await expect(main.locator("textarea")).toHaveCount(0);
});

test("one wrong symbol of the code opens nothing, and says no more than that @nojs", async ({ page }) => {
  const { reference, code } = await sentWithoutName(page);
  await page.context().clearCookies();
  const wrong = (code[0] === "A" ? "B" : "A") + code.slice(1);
  await follow(page, reference, wrong);
  await expect(page.locator(".govuk-error-summary")).toContainText("We cannot find a report with these");
  await expect(page.locator('form[action="/track"]').getByLabel("Reference")).toHaveValue(reference);
  await page.goto(`/track/${reference}`);
  await expect(page.locator("main")).not.toContainText("We have your report");
});

test("no mail goes out for an anonymous report", async ({ page, request }) => {
  const { reference } = await sentWithoutName(page);
  const all = await (await request.get("/demo/outbox.json")).json();
  expect(all.filter((mail) => mail.reference === reference)).toEqual([]);
});
