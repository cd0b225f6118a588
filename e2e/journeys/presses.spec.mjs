import { expect, test } from "../fixtures/house.mjs";
import { Journey } from "../fixtures/journey.mjs";
import { freshAddress, signIn } from "../fixtures/mail.mjs";
import { photo } from "../fixtures/photos.mjs";

// Without an account, one question a page: an answer and "Continue" for each. It must not become worse.
const ONE_BY_ONE = 13;
// For a resident who is signed in and wants all questions on one page.
const ON_ONE_PAGE = 8;
const SECONDS = 40;

async function atTheLayBy(page, context) {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 51.4385, longitude: -2.8561 });
  await page.goto("/report");
  return new Journey(page);
}

const say = (what, journey, began) => {
  const seconds = (Date.now() - began) / 1000;
  console.log(`${what}: ${journey.presses} presses in ${seconds.toFixed(1)} s`);
  return seconds;
};

test("a fly-tip takes no more presses than it did", async ({ page, context }) => {
  const journey = await atTheLayBy(page, context);
  const began = Date.now();
  const pressAnswer = async (name, value) => {
    await journey.press(page.locator(`main [name="${name}"][value="${value}"]`));
    await journey.goOn();
  };
  await journey.press(page.locator('main a[href="/report/fly-tipping"]').first());
  await pressAnswer("now", "no");
  await page.waitForURL(/q\/photos/);
  await journey.goOn();
  await journey.press(page.getByRole("button", { name: "Use my location" }));
  await journey.goOn();
  await pressAnswer("land", "road_verge");
  await pressAnswer("waste", "mattress");
  await pressAnswer("size", "single_item");
  await journey.send();
  say("a fly-tip, question by question", journey, began);
  expect(journey.presses).toBeLessThanOrEqual(ONE_BY_ONE);
});

test("a signed-in resident reports a fly-tip with a photo in eight presses", async ({ page, context }, info) => {
  await signIn(page, freshAddress(info));
  await page.getByLabel("Show all questions on one page").check();
  await page.getByRole("button", { name: "Keep these details" }).click();
  const journey = await atTheLayBy(page, context);
  const picture = await photo(page);
  const began = Date.now();
  const pressAnswer = (name, value) => journey.press(page.locator(`main [name="${name}"][value="${value}"]`));
  await journey.press(page.locator('main a[href="/report/fly-tipping"]').first());
  await pressAnswer("now", "no");
  // One press opens the camera, which gives the picture back.
  const chooser = page.waitForEvent("filechooser");
  await journey.press(page.locator('main [name="photos.new"]'));
  await (await chooser).setFiles(picture);
  await journey.press(page.getByRole("button", { name: "Use my location" }));
  await expect(page.locator('main [name="where.lat"]')).not.toHaveValue("");
  await pressAnswer("land", "road_verge");
  await pressAnswer("waste", "mattress");
  await pressAnswer("size", "single_item");
  await journey.press(page.getByRole("button", { name: /^Send/ }));
  if (/\/alike$/.test(page.url())) {
    // Another report of these tests lies close by: what is counted is a place without one.
    await page.getByRole("button", { name: "None of these: go on" }).click();
    await page.getByRole("button", { name: /^Send/ }).click();
  }
  await expect(page).toHaveURL(/\/done$/);
  const seconds = say("a fly-tip with a photo, signed in", journey, began);
  expect(journey.presses).toBeLessThanOrEqual(ON_ONE_PAGE);
  expect(seconds).toBeLessThanOrEqual(SECONDS);
  await expect(page.locator("main")).toContainText("North Somerset Council");
});
