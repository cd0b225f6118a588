// Another language (P-108): chosen once, kept for the visit, said where it is missing, and seen by staff beside English.
import AxeBuilder from "@axe-core/playwright";
import { Desk, POLICE } from "../fixtures/desk.mjs";
import { expect, test } from "../fixtures/house.mjs";
import { Journey, PIN, THEFT } from "../fixtures/journey.mjs";
import { sideways } from "../fixtures/sizes.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** From whatever page it is on: by the link in the header, and back to the same page. */
async function choose(page, own) {
  await page.locator(".moot-header__language").click();
  await page.getByRole("button", { name: own, exact: true }).click();
}

async function sound(page) {
  const found = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
  expect(await sideways(page)).toEqual([]);
}

test("somebody reports in Polish, and staff read both sides @nojs @main", async ({ page, another }) => {
  await page.goto("/report/crime.theft");
  await choose(page, "polski");
  await expect(page).toHaveURL(/\/report\/crime\.theft$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "pl");
  await expect(page.locator(".moot-language-note")).toHaveCount(1);
  const journey = new Journey(page);
  const words = "Ktoś ukradł mi plecak z ławki w parku.";
  await journey.walk({ ...THEFT, "story.text": words, "contact.name": "Robin Example", "contact.phone": "01632 960001" });
  await page.locator("#pin").fill(PIN);
  await journey.goOn();
  await expect(page.locator("main h1")).toHaveText("Sprawdź swoje odpowiedzi");
  await page.locator("#send").click();
  await expect(page.locator("main h1")).toHaveText("Mamy Twoje zgłoszenie");
  const reference = (await page.locator(".govuk-panel .moot-reference").innerText()).replace(/\W/g, "");

  const officer = await Desk.of(another, POLICE.officer);
  await officer.open(reference);
  await expect(officer.page.locator("html")).toHaveAttribute("lang", "en");
  await expect(officer.main.locator(".govuk-summary-list__row", { hasText: "Answered in" })).toContainText("Polish");
  await expect(officer.main.locator("[lang=pl]", { hasText: words }).first()).toBeVisible();
  await officer.act("translation", { of: "answer:story.text", words: "Somebody stole my rucksack from a park bench." });
  const sides = officer.main.locator(".moot-sides");
  await expect(sides).toContainText(words);
  await expect(sides).toContainText("Somebody stole my rucksack from a park bench.");
  await expect(sides).toContainText("Translated by");
});

test("Arabic runs from the right, fits a narrow phone, and axe finds nothing", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto("/");
  await choose(page, "العربية");
  for (const path of ["/", "/language", "/report", "/emergency", "/report/crime.theft", "/report/crime.theft/q/gate.now", "/help"]) {
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await sound(page);
  }
  await page.goto("/report/crime.theft");
  await page.locator("main form[method=post] button:not([name])").last().click();
  await expect(page.locator(".govuk-error-summary")).toBeVisible();
  await sound(page);
});

test("a service without words in the language is in English and says so @nojs", async ({ page }) => {
  await page.goto("/");
  await choose(page, "polski");
  await page.goto("/report/crime.arson");
  await expect(page.locator(".moot-language-note")).toHaveText("Ta część jest tylko po angielsku.");
  await expect(page.locator("main")).toContainText("Continue");
  expect(await page.locator("main").evaluate((main) => main.closest("[lang]").lang)).toBe("en");
});
