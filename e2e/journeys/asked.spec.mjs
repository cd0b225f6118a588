// Whether it is fixed is asked four weeks on, and answered once. The demonstration's people were asked as it started.
import { expect, test } from "../fixtures/house.mjs";
import { askedOf } from "../fixtures/asked.mjs";

test("who is asked whether it is fixed answers once, and may say that they do not want to be asked", async ({ page }) => {
  await page.goto(askedOf("kit"));
  const main = page.locator("main");
  const heading = page.getByRole("heading", { level: 1 });
  if (!(await main.getByText("Thank you for telling us").count())) {
    await expect(heading).toHaveText("Is it fixed?");
    await page.getByRole("button", { name: "Send my answer" }).click();
    await expect(page.locator(".govuk-error-summary")).toContainText("Choose how it is now");
    await page.getByLabel("No, it is still a problem").check();
    await page.getByLabel("Anything to add?").fill("There are more bags now.");
    await page.getByRole("button", { name: "Send my answer" }).click();
  }
  await expect(heading).toHaveText("Thank you for telling us");
  await expect(main).toContainText("still a problem");
  await page.reload();
  await expect(heading).toHaveText("Thank you for telling us");
  await page.getByRole("button", { name: "Do not ask me again" }).click();
  await expect(main).toContainText("We do not ask you about your reports any more.");
  await page.getByRole("button", { name: "Ask me again" }).click();
  await expect(main).toContainText("We ask once about each report.");
});
