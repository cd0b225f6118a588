import { expect, test } from "../fixtures/house.mjs";
import { Journey } from "../fixtures/journey.mjs";

// interface.md §11: a fly-tip takes eight presses.
const MOST = 8;

test("a fly-tip takes no more than eight presses from the list to the reference", async ({ page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 51.4385, longitude: -2.8561 });
  await page.goto("/report");
  const journey = new Journey(page);
  const began = Date.now();
  const pressAnswer = async (name, value) => {
    const here = page.url();
    await journey.press(page.locator(`main [name="${name}"][value="${value}"]`));
    // An answer that is a choice of one may go on by itself; where it does not, the button is one press more.
    await page.waitForURL((url) => url.href !== here, { timeout: 1_500 }).catch(() => journey.goOn());
  };
  await journey.press(page.locator('main a[href="/report/fly-tipping"]').first());
  await pressAnswer("now", "no");
  await journey.press(page.getByRole("button", { name: "Use my location" }));
  await page.waitForURL(/q\/land/, { timeout: 1_500 }).catch(() => journey.goOn());
  await pressAnswer("land", "road_verge");
  await journey.press(page.locator('main [name="waste"][value="mattress"]'));
  await journey.goOn();
  await pressAnswer("size", "single_item");
  await journey.send();
  const seconds = (Date.now() - began) / 1000;
  test.info().annotations.push({ type: "presses", description: `${journey.presses} in ${seconds.toFixed(1)} s` });
  console.log(`a fly-tip: ${journey.presses} presses`);
  expect(journey.presses).toBeLessThanOrEqual(MOST);
});
