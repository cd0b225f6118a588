// Land on the map that decides who gets a report (C-4, C-14, C-16). The shapes are the demonstration's, and made up.
import { expect, test } from "../fixtures/house.mjs";
import { flyTip, Journey } from "../fixtures/journey.mjs";
import { COUNCIL, Desk } from "../fixtures/desk.mjs";

async function at(page, place) {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk({ now: "no", "where.text": place }, "land");
  return journey;
}

test("land that is not the council’s is said before anything is sent, with ways on @nojs @main", async ({ page }) => {
  await at(page, "Blagdon");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This is not council land or a public road");
  await expect(page.getByRole("link", { name: /Find out who owns land/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /Call the council/ })).toHaveAttribute("href", "tel:01934888888");
  await expect(page.locator("main")).toContainText("drawn by hand");
  await expect(page.getByRole("button", { name: /Carry on/ })).toHaveCount(0);
  // Whoever put the pin in the wrong place can put it right.
  await page.getByRole("link", { name: "Change my answer" }).click();
  const journey = new Journey(page);
  await journey.walk({ "where.text": "Kewstoke" }, "land");
  expect(await journey.question()).toBe("land");
});

test("land of another body names it @nojs", async ({ page }) => {
  await at(page, "Felton");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("National Highways deals with this place");
  await expect(page.locator("main")).toContainText("0300 123 5000");
});

test("what a camera may have seen is marked for staff, and the land it lay in is kept", async ({ page, another }) => {
  const journey = await flyTip(page, { "where.text": "Kenn" });
  await expect(page.locator("main")).not.toContainText("camera");
  const { reference } = await journey.send();
  const desk = await Desk.of(another, COUNCIL.officer);
  await desk.page.goto(`/staff/reports/${reference}`);
  await expect(desk.page.locator("main")).toContainText("In view of a camera");
});
