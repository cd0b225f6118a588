// What costs something is paid by card on the gateway's own page, and the way back says what came of it.
import { expect, test } from "../fixtures/house.mjs";
import { BULKY, Journey } from "../fixtures/journey.mjs";

/** A day for large things that waits for its payment. */
async function booked(page) {
  const journey = new Journey(page);
  await journey.begin("bulky-waste");
  await journey.walk(BULKY, "date");
  await page.locator('main input[name="date"]').nth(3).check();
  await journey.goOn();
  await journey.walk(BULKY);
  const { reference } = await journey.send();
  const main = page.locator("main");
  await main.getByRole("link", { name: "Open your report to pay" }).click();
  await page.getByRole("button", { name: /Open/ }).click();
  await main.getByRole("link", { name: "Pay for it" }).click();
  return { reference, main };
}

/** Opens the card page: the gateway is asked in the background, and the page looks again by itself. */
async function cardPage(page) {
  await page.locator("main form button").first().click();
  await page.getByRole("link", { name: "Go to the card page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Pay £35/);
}

test("a booking is paid by card, and the page it comes back to says so", async ({ page, faults }) => {
  faults.mayLeaveFor(process.env.GATEWAY);
  const { reference, main } = await booked(page);
  await cardPage(page);
  await expect(page.locator("body")).not.toContainText("@");
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/track/${reference}/pay`));
  await expect(async () => {
    await page.reload();
    await expect(main).toContainText("You have paid", { timeout: 1_000 });
  }).toPass();
});

test("who goes back without paying keeps the day and may try again", async ({ page, faults }) => {
  faults.mayLeaveFor(process.env.GATEWAY);
  const { reference, main } = await booked(page);
  await cardPage(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(new RegExp(`/track/${reference}/pay`));
  await expect(main).not.toContainText("You have paid");
  await cardPage(page);
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await expect(async () => {
    await page.reload();
    await expect(main).toContainText("You have paid", { timeout: 1_000 });
  }).toPass();
});
