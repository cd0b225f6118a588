import { COUNCIL, Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { FLY_TIP, Journey } from "../../fixtures/journey.mjs";
import { SOUND, photo, photos } from "../../fixtures/photos.mjs";

/** A report with two photos; the resident looks at it, the council's leader has it open. */
async function withPhotos(page, another) {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk(FLY_TIP, "photos");
  await page.locator('main input[type="file"]').setInputFiles(await photos(page, 2));
  const upload = page.getByRole("button", { name: "Upload" });
  if (await upload.isVisible()) await upload.click();
  await expect(page.locator(".moot-files__list li")).toHaveCount(2);
  await journey.goOn();
  await journey.walk(FLY_TIP);
  const { reference } = await journey.send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  await page.goto(`/track/${reference}/files`);
  const council = await Desk.of(another, COUNCIL.leader);
  await council.open(reference);
  return { reference, council };
}

const thumbnails = (desk) => desk.main.locator(".moot-files__list .moot-file");
const large = (desk) => desk.main.locator(".moot-picture img");

/** Opens the first photo of the report. */
async function look(desk, name = "IMG_0001.jpg") {
  await desk.main.getByRole("link", { name }).click();
  await expect(desk.main.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect.poll(() => large(desk).evaluate((img) => img.naturalWidth), "the large picture").toBeGreaterThan(0);
}

/** How light the middle of a picture is, from 0 to 765. */
const middle = (picture) =>
  picture.evaluate((img) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: img.naturalWidth, height: img.naturalHeight });
    const pen = canvas.getContext("2d");
    pen.drawImage(img, 0, 0);
    const [red, green, blue] = pen.getImageData(img.naturalWidth / 2, img.naturalHeight / 2, 1, 1).data;
    return red + green + blue;
  });

async function saved(desk) {
  await expect(desk.main.locator(".govuk-notification-banner")).toBeVisible();
}

test("photos stand on the report, and one is looked at large with what is known of it @nojs @main", async ({ page, another }) => {
  const { council } = await withPhotos(page, another);
  await expect(thumbnails(council)).toHaveCount(2);
  await look(council);
  await expect(council.main).toContainText("The resident");
  await expect(council.main).toContainText("SHA-256");
  const [download] = await Promise.all([
    council.page.waitForEvent("download"),
    council.main.getByRole("link", { name: "Save the file as it came" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("IMG_0001.jpg");
});

test("a part that is drawn over with the mouse is black, for the resident too", async ({ page, another }) => {
  const { reference, council } = await withPhotos(page, another);
  await look(council);
  expect(await middle(large(council))).toBeGreaterThan(60);
  await council.main.getByText("Black out a part").click();
  const form = council.form("black");
  await expect(form.getByRole("status")).toContainText("Draw on the picture");
  const draw = async (left, top, right, bottom) => {
    await large(council).scrollIntoViewIfNeeded();
    const box = await large(council).boundingBox();
    const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
    await council.page.mouse.move(...at(left, top));
    await council.page.mouse.down();
    await council.page.mouse.move(...at((left + right) / 2, bottom));
    await council.page.mouse.move(...at(right, bottom));
    await council.page.mouse.up();
  };
  await draw(0.35, 0.35, 0.65, 0.65);
  await expect(form.getByRole("status")).toHaveText("1 part will be black.");
  await expect(form.getByLabel("Width"), "the numbers are not needed").toBeHidden();
  await draw(0.05, 0.05, 0.15, 0.15);
  await expect(form.getByRole("status")).toHaveText("2 parts will be black.");
  await form.getByRole("button", { name: "Take back the last one" }).click();
  await expect(form.getByRole("status")).toHaveText("1 part will be black.");
  const [left, top, width, height] = (await form.locator('[name="patch"]').inputValue()).split(",").map(Number);
  for (const [is, wanted] of [[left, 350], [top, 350], [width, 300], [height, 300]]) expect(Math.abs(is - wanted)).toBeLessThan(20);
  await form.getByLabel("Why?").fill("A number plate.");
  await form.getByRole("button", { name: "Black out" }).click();
  await saved(council);
  await council.open(reference);
  await look(council);
  expect(await middle(large(council))).toBeLessThan(30);
  // The resident's small picture is made anew as well.
  await page.goto(`/track/${reference}/files`);
  const small = page.locator("img.moot-file__picture").first();
  await expect.poll(() => small.evaluate((img) => img.naturalWidth)).toBeGreaterThan(0);
  expect(await middle(small)).toBeLessThan(30);
});

test("a part named in numbers is black @nojs @main", async ({ page, another }) => {
  const { reference, council } = await withPhotos(page, another);
  await look(council);
  await council.main.getByText("Black out a part").click();
  const form = council.form("black");
  const fields = { "From the left": "30", "From the top": "30", Width: "40", Height: "40", "Why?": "A face." };
  for (const [label, value] of Object.entries(fields)) await form.getByLabel(label).fill(value);
  await form.getByRole("button", { name: "Black out" }).click();
  await saved(council);
  await council.open(reference);
  await look(council);
  expect(await middle(large(council))).toBeLessThan(30);
});

test("without a reason, or without a part, nothing is black and it is said why @nojs", async ({ page, another }) => {
  const { council } = await withPhotos(page, another);
  await look(council);
  await council.main.getByText("Black out a part").click();
  await council.form("black").getByRole("button", { name: "Black out" }).click();
  await expect(council.main).toContainText("Say which part to black out");
});

test("a photo that is hidden with a reason is gone for the resident, and can be shown again @nojs @main", async ({ page, another }) => {
  const { reference, council } = await withPhotos(page, another);
  await expect(page.locator(".moot-files__list li")).toHaveCount(2);
  const address = await page.locator("img.moot-file__picture").first().getAttribute("src");
  const hide = async (button) => {
    await council.main.getByText(button === "Hide" ? "Hide it" : "Show it again").click();
    await council.form("hide").getByLabel("Why?").fill("It shows a child.");
    await council.form("hide").getByRole("button", { name: button }).click();
    await saved(council);
  };
  await look(council);
  await hide("Hide");
  await expect(council.main.locator(".moot-file--hidden")).toHaveCount(1);
  await page.reload();
  await expect(page.locator(".moot-files__list li")).toHaveCount(1);
  await expect(page.locator("main")).not.toContainText("IMG_0001.jpg");
  expect((await page.request.get(address)).status()).toBe(404);
  await look(council);
  await expect(council.main).toContainText("This is hidden.");
  await hide("Show again");
  await page.reload();
  await expect(page.locator(".moot-files__list li")).toHaveCount(2);
});

test("staff add a file for the resident too, and one for colleagues alone @nojs @main", async ({ page, another }) => {
  const { reference, council } = await withPhotos(page, another);
  const add = async (files, who) => {
    await council.open(reference);
    await council.main.getByRole("link", { name: "Add a photo or file" }).click();
    await council.page.locator('main input[type="file"]').setInputFiles(files);
    await council.main.getByLabel(who).check();
    await council.main.getByRole("button", { name: "Add" }).click();
    await saved(council);
  };
  await add(await photo(council.page, "cleared.jpg"), "The resident too");
  await add(SOUND, "Only your agency");
  await expect(thumbnails(council)).toHaveCount(4);
  await page.reload();
  await expect(page.locator("main")).toContainText("cleared.jpg");
  await expect(page.locator("main")).not.toContainText("drums.wav");
});

test("adding nothing says what is missing @nojs", async ({ page, another }) => {
  const { reference, council } = await withPhotos(page, another);
  await council.page.goto(`/staff/reports/${reference}/files`);
  await council.main.getByRole("button", { name: "Add" }).click();
  await expect(council.page.locator(".govuk-error-summary")).toContainText("Choose a photo or file first");
});

test("the police do not see the photos of a report that is not theirs @nojs", async ({ page, another }) => {
  const { council } = await withPhotos(page, another);
  const address = await thumbnails(council).first().locator("img").getAttribute("src");
  const police = await Desk.of(another, POLICE.sergeant);
  expect((await police.page.goto(address)).status()).toBe(404);
});
