import { expect, test } from "../fixtures/house.mjs";
import { FLY_TIP, Journey, flyTip, theft } from "../fixtures/journey.mjs";

test("an empty answer gives that question's error, linked to its field, and the title says so @nojs @main", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.goOn();
  await expect(page).toHaveTitle(/^Error: /);
  const link = page.locator(".govuk-error-summary a");
  await expect(link).toHaveCount(1);
  await expect(link).toHaveText("Tell us if it is happening now");
  const target = (await link.getAttribute("href")).slice(1);
  await expect(page.locator(`[id="${target}"]`)).toBeAttached();
  await link.click();
  await expect(page.locator(`[id="${target}"]`)).toBeFocused();
});

test("a wrong field keeps all that was typed @nojs @main", async ({ page }) => {
  await flyTip(page);
  await page.getByRole("link", { name: /your details/i }).click();
  const journey = new Journey(page);
  const typed = { "contact.name": "Robin Example", "contact.email": "not an address", "contact.phone": "12" };
  await journey.answer("contact", typed);
  await expect(page.locator(".govuk-error-summary li")).toHaveCount(2);
  for (const [name, value] of Object.entries(typed)) await expect(journey.field(name)).toHaveValue(value);
  await journey.fill("contact.email", "robin@example.org");
  await journey.fill("contact.phone", "01632 960001");
  await journey.goOn();
  await expect(page).toHaveURL(/\/check/);
  await expect(page.locator("main")).toContainText("robin@example.org");
});

test("a story that is too long is refused and not lost @nojs", async ({ page }) => {
  const story = "A long story. ".repeat(400);
  const journey = new Journey(page);
  await theft(page, { "story.text": "short" }).catch(() => {});
  await page.goto("/report/crime.theft/q/story.text");
  await journey.field("story.text").evaluate((field) => field.removeAttribute("maxlength"));
  await journey.answer("story.text", { "story.text": story });
  await expect(page.locator(".govuk-error-summary")).toContainText("5000");
  await expect(journey.field("story.text")).toHaveValue(story);
});

test("a question that is not on the way leads to where the journey stands @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.answer("now", { now: "no" });
  await page.goto("/report/fly-tipping/q/size");
  expect(await journey.question()).toBe("photos");
  await page.goto("/report/fly-tipping/check");
  expect(await journey.question()).toBe("photos");
});

test("the back link goes back question by question with the answers still there @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk(FLY_TIP, "size");
  await page.locator(".govuk-back-link").click();
  expect(await journey.question()).toBe("waste");
  await expect(page.locator('[name="waste"][value="mattress"]')).toBeChecked();
  await page.locator(".govuk-back-link").click();
  expect(await journey.question()).toBe("land");
  await expect(page.locator('[name="land"][value="road_verge"]')).toBeChecked();
});

for (const path of ["/report/no-such-service", "/report/fly-tipping/q/no-such-question", "/track/123456782", "/nothing"]) {
  test(`${path} is a page with ways on, not a dead end @nojs`, async ({ page }) => {
    const answer = await page.goto(path);
    expect(answer.status(), "a clear answer").toBeLessThan(500);
    await expect(page.locator("main h1")).toBeVisible();
    expect(await page.locator("main a").count()).toBeGreaterThan(0);
  });
}
