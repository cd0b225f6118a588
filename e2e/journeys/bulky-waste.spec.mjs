import { expect, test } from "../fixtures/house.mjs";
import { BULKY, Journey } from "../fixtures/journey.mjs";
import { COUNCIL, Desk } from "../fixtures/desk.mjs";

const words = { words: "Thank you. Your reference is 4471." };

test("a day for large things is booked, changed, paid at the council and cancelled @nojs @main", async ({ page, another }) => {
  await page.goto("/report?q=old+sofa");
  await page.locator('main a[href="/report/bulky-waste"]').first().click();
  const journey = new Journey(page);
  await journey.walk(BULKY, "things");
  await expect(page.locator("main")).toContainText("It costs £35.00 to £75.00.");
  await journey.walk(BULKY, "date");
  await page.locator('main input[name="date"]').nth(3).check();
  await journey.goOn();
  await journey.walk(BULKY);
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.getByRole("heading", { name: "To pay: £35.00" })).toBeVisible();
  const { reference } = await journey.send();
  const main = page.locator("main");
  await expect(main).toContainText("At the edge of your property");
  await expect(main).toContainText("There is £35");
  await main.getByRole("link", { name: "Open your report to pay" }).click();
  await page.getByRole("button", { name: /Open/ }).click();
  await expect(main).toContainText("We keep this day for you until");
  await main.getByRole("link", { name: "Pay for it" }).click();
  await expect(main).toContainText("You can call them on");
  await page.getByRole("link", { name: "Back to your report" }).click();

  await main.getByRole("link", { name: "Choose another day" }).click();
  await page.locator('main input[name="day"]').nth(6).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(main).toContainText("Change the day?");
  await page.getByRole("button", { name: "Change the day" }).click();
  await expect(main).toContainText("We have changed your day");

  const desk = await Desk.of(another, COUNCIL.leader);
  await desk.open(reference);
  await desk.act("payment", { method: "cash", ...words });
  await page.goto(`/track/${reference}/pay`);
  await expect(main).toContainText("You have paid");
  await page.goto(`/track/${reference}`);
  await expect(main).not.toContainText("We keep this day for you until");

  await main.getByRole("link", { name: "Cancel the booking" }).click();
  await expect(main).toContainText("We give you £35");
  await page.getByRole("button", { name: "Cancel the booking" }).click();
  await expect(main).toContainText("This booking is cancelled");
});

test("the crew comes to a home that was picked from those of its postcode @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("bulky-waste");
  await journey.answer("property", { "property.text": "BS21 9ZZ" });
  await expect(page.locator("h1")).toHaveText("Which home is it?");
  await page.getByLabel("4 Sample Lane, Clevedon").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/q\/things$/);
});
