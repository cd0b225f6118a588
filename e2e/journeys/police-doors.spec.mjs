import { Desk, POLICE } from "../fixtures/desk.mjs";
import { expect, test } from "../fixtures/house.mjs";
import { CLIP, DOMESTIC, Journey, choosePin } from "../fixtures/journey.mjs";
import { freshAddress, mailTo } from "../fixtures/mail.mjs";

/** Words that tell a glance over the shoulder what a page is about (P-52). */
const TELLING = /abuse|rape|sexual|hate|police|crime|domestic|stalk|harass|victim/i;

test("who is hurt at home and must not be rung is reached by nobody but a person at a safe time @nojs @main", async ({ page, another, request }, info) => {
  const email = freshAddress(info);
  const journey = new Journey(page);
  await journey.begin("crime.domestic");
  const titles = [];
  for (let question = await journey.question(); question !== null; question = await journey.question()) {
    titles.push(await page.title());
    await journey.fillAll({
      ...DOMESTIC,
      "contact.name": "Robin Example",
      "contact.phone": "01632 960001",
      "contact.email": email,
      // No way is safe.
      "contact.safe_mode": "none",
    });
    await journey.goOn();
  }
  const asked = titles.filter((title) => !title.startsWith("Error:"));
  expect(asked.filter((title) => TELLING.test(title.replace(/ – [^–]*$/, "")))).toEqual([]);
  await choosePin(journey);
  const { reference } = await journey.send();
  expect(await mailTo(request, email, 0)).toEqual([]);
  const officer = await Desk.of(another, POLICE.officer);
  await officer.open(reference);
  await officer.act("ask", { words: "May we come tomorrow?" });
  await expect(officer.main.locator(".govuk-notification-banner")).toContainText("No message went out");
  expect(await mailTo(request, email, 0), "nothing left by a channel that is not safe").toEqual([]);
  // Online following waits for an officer.
  await officer.page.goto(`/staff/reports/${reference}/crime`);
  await officer.form("following").locator("xpath=ancestor::details[1]/summary").click();
  await officer.form("following").locator('[name="safe"]').check();
  await officer.act("following");
  await expect(officer.main.locator(".govuk-notification-banner")).toContainText("can follow the report online now");
});

test("who tells us about drugs without a name gets a receipt and no way to be found @nojs @main", async ({ page, context }) => {
  const journey = new Journey(page);
  await journey.begin("info.drugs");
  await journey.walk({
    "gate.now": false,
    "gate.hurt": false,
    "gate.serious": false,
    "gate.scene": false,
    "role.kind": "anonymous",
  });
  await expect(page.locator("main")).toContainText("0800 555 111");
  await page.getByRole("button", { name: "Tell you here" }).click();
  await journey.walk({ "story.text": "A man sells bags from a car at night." });
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.locator("main")).not.toContainText("Your details");
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.waitForURL(/\/done$/);
  await expect(page.locator("main")).toContainText("nobody can look it up");
  await expect(page.locator("main a[href^='/track']")).toHaveCount(0);
  expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain("visit");
});

test("a scam that is for Report Fraud is led there, the bank first @nojs @main", async ({ page }) => {
  const journey = new Journey(page);
  await page.goto("/report");
  await page.getByLabel(/What|few words/i).first().fill("scammed online");
  await page.getByRole("button", { name: /Search|Find/ }).click();
  await page.locator('main a[href="/report/crime.fraud"]').first().click();
  await journey.walk({
    "gate.now": false,
    "gate.hurt": false,
    "gate.serious": false,
    "gate.scene": false,
    "fraud.urgent": ["none"],
  });
  const main = page.locator("main");
  await expect(main.locator('a[href="tel:159"]')).toBeVisible();
  await expect(main.locator('a[href^="https://www.reportfraud.police.uk"]')).toBeVisible();
  await expect(main).toContainText("0300 123 2040");
});

/** The day so many days before today, where the house is. */
function daysAgo(days) {
  const day = new Date(Date.now() - days * 86_400_000);
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", day: "numeric", month: "numeric", year: "numeric" }).formatToParts(day);
  const part = (type) => parts.find((one) => one.type === type).value;
  return { "clip.when.mode": "day", "clip.when.on.day": part("day"), "clip.when.on.month": part("month"), "clip.when.on.year": part("year") };
}

for (const [days, ends, hurried] of [[6, true, true], [7, true, true], [8, false, false]]) {
  test(`a clip of ${days} days ago ${ends ? "can be sent" : "comes too late"} @nojs @main`, async ({ page }) => {
    const journey = new Journey(page);
    await journey.begin("rtc.offence_footage");
    await journey.walk({ ...CLIP, ...daysAgo(days) }, "where.place");
    const main = page.locator("main");
    if (!ends) {
      await expect(main).not.toContainText("Where");
      await expect(main.locator('a[href="/report/info.other"], form[action*="/go/info.other"]')).toHaveCount(1);
      return;
    }
    expect(await journey.question()).toBe("where.place");
    if (hurried) await expect(main).toContainText(/day/i);
    await journey.walk({ ...CLIP, ...daysAgo(days) });
    await choosePin(journey);
    await journey.send();
  });
}
