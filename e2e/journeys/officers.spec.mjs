import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../fixtures/house.mjs";
import { Journey, choosePin } from "../fixtures/journey.mjs";
import { sideways } from "../fixtures/sizes.mjs";

const heading = (page) => page.getByRole("heading", { level: 1 });

async function find(page, place) {
  await page.goto("/");
  await page.getByRole("link", { name: "Contact my local officers" }).click();
  await page.getByLabel("Where do you live").fill(place);
  await page.getByRole("button", { name: "Find my team" }).click();
}

test("the team of a place is found, says who it is, and gets a message that begins there @nojs @main", async ({ page }) => {
  await find(page, "Worle");
  await expect(heading(page)).toHaveText("Your local police team: Weston-super-Mare");
  const main = page.locator("main");
  for (const words of ["Police constable", "Bikes are taken", "What was done", "Talk to your team", "within 72 hours", "Their sergeant"]) {
    await expect(main).toContainText(words);
  }
  await expect(main.locator('a[href="tel:999"]').first()).toBeVisible();
  await page.getByRole("button", { name: "Message the team" }).click();
  const journey = new Journey(page);
  await expect(journey.field("where.place.text")).toHaveValue("Worle");
  await journey.goOn();
  await journey.answer("story.text", { "story.text": "Could you come to our school fair?" });
  await journey.answer("team.reply", { "team.reply": "reply" });
  await journey.answer("contact", { "contact.name": "Robin Example", "contact.email": "robin@example.org" });
  await choosePin(journey);
  await expect(page).toHaveURL(/\/check/);
  await expect(main).toContainText("Avon and Somerset Police");
  await journey.send();
  await expect(main).toContainText("within 72 hours");
});

test("a message without a name gets no answer, and says so @nojs", async ({ page }) => {
  await page.goto("/report/contact.local_team");
  const journey = new Journey(page);
  await journey.answer("where.place", { "where.place.text": "Clevedon" });
  await journey.answer("story.text", { "story.text": "Please walk along the sea front more." });
  await journey.answer("team.reply", { "team.reply": "no_reply" });
  await expect(page.locator("main")).toContainText("we cannot answer you");
  await expect(page).toHaveURL(/\/check/);
  await journey.send();
});

test("words of an emergency show 999, and may be passed @nojs @main", async ({ page }) => {
  await page.goto("/report/contact.local_team?place=Worle");
  const journey = new Journey(page);
  await journey.goOn();
  await journey.answer("story.text", { "story.text": "I saw a film where a man has a knife." });
  await expect(heading(page)).toHaveText("Is someone in danger now?");
  await expect(page.locator('main a[href="tel:999"]').first()).toBeVisible();
  await page.getByRole("button", { name: "This is not an emergency" }).click();
  expect(await journey.question()).toBe("team.reply");
});

for (const [words, title, way] of [
  ["My bike was stolen", "Is it a crime?", "/report"],
  ["Someone dumped a sofa", "Is it about rubbish?", "/go/fly-tipping"],
  ["A pothole in our road", "Is it for the council?", "/report"],
  ["I want to make a complaint", "Do you want to complain?", "/go/contact.complaint"],
  ["Any news about my case?", "Is it about something you reported?", "/track"],
]) {
  test(`“${words}” leads to ${way} or to the team @nojs`, async ({ page }) => {
    await page.goto("/report/contact.local_team?place=Worle");
    const journey = new Journey(page);
    await journey.goOn();
    await journey.answer("story.text", { "story.text": words });
    await expect(heading(page)).toHaveText(title);
    await expect(page.locator(`main :is(a[href="${way}"], form[action$="${way}"] button)`).first()).toBeVisible();
    await page.getByRole("button", { name: "Send it to the team" }).click();
    expect(await journey.question()).toBe("team.reply");
  });
}

test("a meeting is taken into a calendar @nojs", async ({ page }) => {
  await find(page, "BS23");
  const link = page.getByRole("link", { name: /Add to calendar/ }).first();
  const answer = await page.request.get(await link.getAttribute("href"));
  expect(answer.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  const text = await answer.text();
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[^]*DTSTART:\d{8}T\d{6}Z\r\n[^]*END:VCALENDAR\r\n$/);
});

test("a time at a meeting is asked for, and the team reads which @nojs @main", async ({ page }) => {
  await find(page, "Worle");
  await page.getByRole("link", { name: /Ask for a time/ }).first().click();
  const journey = new Journey(page);
  await journey.goOn();
  await journey.answer("story.text", { "story.text": "My mother would like to talk to you." });
  expect(await journey.field("meet.which").inputValue()).toContain("Talk to your team");
  await journey.answer("meet.which", {});
  await journey.answer("team.reply", { "team.reply": "no_reply" });
  await expect(page).toHaveURL(/\/check/);
  await expect(page.locator("main")).toContainText("Time at a meeting");
  await expect(page.locator("main")).toContainText("Talk to your team");
});

test("a place nobody knows, one of several and one of another force each have a way on @nojs", async ({ page }) => {
  await find(page, "zzzzqqqq");
  await expect(page.locator(".govuk-error-summary")).toContainText("We do not know that place");
  await page.goto("/officers?place.text=High+Street");
  await expect(heading(page)).toHaveText("Which place do you mean?");
  await page.locator("main li a").first().click();
  await expect(heading(page)).toContainText("Your local police team");
  await page.goto("/officers?place.lat=50.7184&place.lon=-3.5339");
  await expect(heading(page)).toHaveText("Another force looks after that place");
  await expect(page.locator('main a[href^="https://"]').first()).toBeVisible();
});

const PAGES = ["/officers", "/officers/avon-and-somerset-police/weston"];

test("both pages are no wider than 320 px @nojs @main", async ({ page }) => {
  for (const path of PAGES) {
    await page.goto(path);
    expect(await sideways(page), path).toEqual([]);
  }
});

// axe is a script itself: it cannot look where scripts are off.
test("both pages are clear to axe at 320 px", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of PAGES) {
    await page.goto(path);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((one) => one.id), path).toEqual([]);
  }
});
