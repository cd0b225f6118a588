import { expect, test } from "../fixtures/house.mjs";
import { Journey } from "../fixtures/journey.mjs";

// Eight is what is wanted. Each of the five questions now takes an answer and "Continue", and the photo one "Continue" to
// leave it out; only an answer that goes on by itself would come near eight, and whether it should is not decided. Until
// then it must not become worse.
const WANTED = 8;
const NOW = 13;

async function presses(page, context) {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 51.4385, longitude: -2.8561 });
  await page.goto("/report");
  const journey = new Journey(page);
  const began = Date.now();
  const pressAnswer = async (name, value) => {
    const here = page.url();
    await journey.press(page.locator(`main [name="${name}"][value="${value}"]`));
    // An answer that is a choice of one may go on by itself; where it does not, the button is one press more.
    await page.waitForURL((url) => url.href !== here, { timeout: 700 }).catch(() => journey.goOn());
  };
  await journey.press(page.locator('main a[href="/report/fly-tipping"]').first());
  await pressAnswer("now", "no");
  await page.waitForURL(/q\/photos/);
  await journey.goOn();
  await journey.press(page.getByRole("button", { name: "Use my location" }));
  await page.waitForURL(/q\/land/, { timeout: 1_500 }).catch(() => journey.goOn());
  await pressAnswer("land", "road_verge");
  await journey.press(page.locator('main [name="waste"][value="mattress"]'));
  await journey.goOn();
  await pressAnswer("size", "single_item");
  await journey.send();
  const seconds = (Date.now() - began) / 1000;
  console.log(`a fly-tip: ${journey.presses} presses in ${seconds.toFixed(1)} s`);
  return journey.presses;
}

test("a fly-tip takes no more presses than it did", async ({ page, context }) => {
  expect(await presses(page, context)).toBeLessThanOrEqual(NOW);
});

test.fail("a fly-tip takes no more than eight presses from the list to the reference", async ({ page, context }) => {
  expect(await presses(page, context)).toBeLessThanOrEqual(WANTED);
});
