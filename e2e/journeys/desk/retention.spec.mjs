import { COUNCIL, Desk } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { flyTip } from "../../fixtures/journey.mjs";

test("a report is held for the law, and who placed it cannot let go @nojs @main", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const desk = await Desk.of(another, COUNCIL.leader);
  await desk.open(reference);
  await desk.page.getByRole("link", { name: "How long it is kept" }).click();
  await expect(desk.main).toContainText("6 years after it is closed: All of it is deleted");
  const hold = desk.page.getByRole("button", { name: "Hold it for the law" });
  await hold.click();
  await expect(desk.page.locator(".govuk-error-summary"), "a reason is needed").toContainText("Say why");
  await desk.page.getByLabel("Why").fill("A claim for a broken wrist.");
  await hold.click();
  await expect(desk.page.locator(".govuk-error-summary"), "a day is needed").toContainText("a day that is still to come");
  await expect(desk.page.getByLabel("Why"), "nothing typed is lost").toHaveValue("A claim for a broken wrist.");
  await desk.page.getByLabel("Day").fill("1");
  await desk.page.getByLabel("Month").fill("3");
  await desk.page.getByLabel("Year").fill("2035");
  await hold.click();
  await expect(desk.main).toContainText("A claim for a broken wrist.");
  await expect(desk.main).toContainText("somebody else lets go of it");
  await desk.page.locator("summary", { hasText: "More" }).click();
  await desk.page.getByRole("link", { name: "How long kept" }).click();
  await expect(desk.main).toContainText("To be looked at on");
});
