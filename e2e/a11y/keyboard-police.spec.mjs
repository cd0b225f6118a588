// The police's ways by keyboard alone. What is typed is typed, what is chosen is chosen by Space and arrows.
import { Desk, POLICE } from "../fixtures/desk.mjs";
import { expect, test } from "../fixtures/house.mjs";
import { Journey, PIN, SHED, THEFT, leastTheft } from "../fixtures/journey.mjs";
import { Keys } from "../fixtures/keys.mjs";

const WEATHER = "https://www.bbc.co.uk";
const EXIT = ".govuk-exit-this-page__button";

/** From the first question to the one named, or to the end of the questions. */
async function walk(keys, journey, answers, stop = null) {
  for (let question = await journey.question(); question !== stop && question !== null; question = await journey.question()) {
    await keys.skip();
    await keys.answerAll(answers);
    await keys.goOn();
  }
}

test("a shed is broken into and a bike taken: the whole report by keyboard, and the way to follow it", async ({ page }) => {
  test.setTimeout(120_000);
  const keys = new Keys(page);
  const journey = new Journey(page);
  await page.goto("/report");
  await keys.reach('main a[href="/report/crime.burglary_home"]');
  await keys.submit();
  await walk(keys, journey, SHED, "prop.item");
  expect(await journey.question()).toBe("prop.item");
  // A row more, and away with it again.
  await keys.reach('main button[name="prop.item.add"]');
  await keys.submitHere();
  await keys.answer("prop.item.1.make", "Second");
  await keys.reach('main button[name="prop.item.remove"][value="1"]');
  await keys.submitHere();
  await expect(journey.field("prop.item.1.make")).toHaveCount(0);
  await keys.answerAll(SHED);
  await keys.reach('main button[name="rest"]');
  await keys.submit();
  await expect(page).toHaveURL(/\/pin/);
  await keys.answerAll({ pin: PIN });
  await keys.submit();
  await expect(page).toHaveURL(/\/check$/);
  const main = page.locator("main");
  for (const words of ["EX-FRAME-4471", "Example Cycles", "shed"]) await expect(main).toContainText(words);
  await keys.reach('main form[action$="/send"] button');
  await keys.submit();
  await expect(page).toHaveURL(/\/done$/);
  const { reference, code } = await journey.receipt();

  // Later, elsewhere: reference and code, then the PIN.
  await page.context().clearCookies();
  await page.goto("/track");
  await keys.answer("reference", reference, 'form[action="/track"]');
  await keys.answer("code", code);
  await keys.submit();
  await keys.answer("pin", PIN);
  await keys.submitHere();
  await expect(main).toContainText("What happens next");
  await keys.reach("main details > summary");
  await keys.press("Enter");
  await expect(main).toContainText("EX-FRAME-4471");
  expect(keys.covered, "focus under something else").toEqual([]);
});

for (const [way, leave] of Object.entries({
  "the button, reached by Tab": async (keys) => {
    await keys.reach(EXIT);
    await keys.press("Enter");
  },
  "Shift pressed three times": (keys) => keys.press("Shift", 3),
})) {
  test(`a person at the keyboard leaves a burglary by ${way}, and nothing is kept`, async ({ page, faults }) => {
    faults.mayLeaveFor(WEATHER);
    const keys = new Keys(page);
    const journey = new Journey(page);
    await page.goto("/report/crime.burglary_home");
    await walk(keys, journey, SHED, "burg.place");
    await leave(keys);
    await expect.poll(() => faults.left).toEqual([`${WEATHER}/weather`]);
    await page.waitForTimeout(300);
    await page.goto("/report/crime.burglary_home");
    expect(await journey.question()).toBe("gate.now");
  });
}

test("going back with Shift and Tab, the way out never lies over what has the focus", async ({ page }) => {
  const keys = new Keys(page);
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk(THEFT, "prop.item");
  await keys.reach("footer a:last-child");
  await keys.reach(EXIT, "Shift+Tab");
  expect(keys.covered).toEqual([]);
});

test("a focus that something lies over is noticed", async ({ page }) => {
  await page.setContent('<button>Seen</button><br><button>Under</button><p style="position: fixed; inset: 0; top: 2rem; margin: 0">A bar</p>');
  const keys = new Keys(page);
  await keys.reach("button:last-of-type");
  expect(keys.covered).toEqual(["<button>Under</button>"]);
});

/** A code opens the door once: where it is spent already, the next is waited for, not tried again and again. */
async function signIn(keys, page, login) {
  for (let spent = null; ; ) {
    const people = await (await page.request.get("/demo/staff.json")).json();
    const { password, code } = people.find((one) => one.login.startsWith(login));
    if (code === spent) {
      await page.waitForTimeout(1_000);
      continue;
    }
    await page.goto("/staff/sign-in");
    await keys.answer("login", `${login}@police.example.org`);
    await keys.answer("password", password);
    await keys.answer("code", code);
    await keys.submitHere();
    if (page.url().endsWith("/staff")) return;
    spent = code;
  }
}

test("an officer signs in, opens a report from the list, assesses it and records a crime, by keyboard", async ({ page, another }) => {
  test.setTimeout(120_000);
  const { reference } = await leastTheft(await another());
  const keys = new Keys(page);
  await signIn(keys, page, POLICE.officer);
  await keys.answer("q", reference);
  await keys.submit();
  await keys.reach(`main a[href="/staff/reports/${reference}"]`);
  await keys.submit();
  await keys.reach(`main a[href="/staff/reports/${reference}/crime"]`);
  await keys.submit();
  const main = page.locator("main");
  const open = async (act) => {
    await keys.reach(`main details:has(form[action$="/${act}"]) > summary`);
    await keys.press("Enter");
    return `form[action$="/${act}"]`;
  };
  const assess = await open("assess");
  for (const score of ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"]) await keys.answer(score, 1, assess);
  await keys.answer("grade", 3, assess);
  await keys.answer("words", "Nobody was in.", assess);
  await keys.goOn(assess);
  await page.goto(`/staff/reports/${reference}/crime`);
  await expect(main).toContainText("Grade 3, Scheduled.");
  const record = await open("crimes");
  await keys.answer("offence", await new Desk(page).optionOf("crimes", "offence", "Theft"), record);
  await keys.answer("words", "We recorded this as a theft.", record);
  await keys.goOn(record);
  await expect(main.locator(".govuk-notification-banner")).toBeFocused();
  expect(keys.covered, "focus under something else").toEqual([]);
});
