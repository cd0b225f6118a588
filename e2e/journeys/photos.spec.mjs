import { expect, test } from "../fixtures/house.mjs";
import { FLY_TIP, Journey, MISSED, NOISE } from "../fixtures/journey.mjs";
import { BROKEN, LETTER, SOUND, photo, photos, real } from "../fixtures/photos.mjs";

const WHERE = { ...FLY_TIP, "where.text": "Kewstoke" };

/** At the question for photos. */
async function atPhotos(page) {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.answer("now", { now: "no" });
  expect(await journey.question()).toBe("photos");
  return journey;
}

const list = (page) => page.locator(".moot-files__list .moot-file__name");
const input = (page) => page.locator('main input[type="file"]');

/** Chooses files, and sends them where they do not go by themselves. */
async function add(page, files) {
  // Until the page is whole nobody knows which of the two it will be.
  await page.waitForLoadState();
  await input(page).setInputFiles(files);
  const upload = page.getByRole("button", { name: "Upload" });
  if (await upload.isVisible()) await upload.click();
}

const wrong = (page) => page.locator(".govuk-error-summary, .moot-place__said--wrong");

/** Opens the reporter's own report from the receipt. */
async function follow(page) {
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
}

/** Every picture on the page is drawn, and none of it is the file that came. */
async function pictures(page, count) {
  const all = page.locator("img.moot-file__picture");
  await expect(all).toHaveCount(count);
  for (const one of await all.all()) {
    await one.scrollIntoViewIfNeeded();
    await expect.poll(() => one.evaluate((img) => img.complete && img.naturalWidth), "the picture is drawn").toBeGreaterThan(0);
  }
}

test("photos are added several at once, ordered, removed, checked, sent, and seen again with more @nojs @main", async ({ page }) => {
  const journey = await atPhotos(page);
  await add(page, await photos(page, 3));
  await expect(list(page)).toHaveText([/Photo 1\s*IMG_0001.jpg/, /Photo 2\s*IMG_0002.jpg/, /Photo 3\s*IMG_0003.jpg/]);
  await pictures(page, 3);
  await page.getByRole("button", { name: "Move up photo 3" }).click();
  await expect(list(page)).toHaveText([/IMG_0001/, /IMG_0003/, /IMG_0002/]);
  await page.getByRole("button", { name: "Remove photo 1" }).click();
  await expect(list(page)).toHaveText([/IMG_0003/, /IMG_0002/]);
  await expect(page.locator("main")).toContainText("Up to 8 more");
  await journey.goOn();
  await journey.walk(WHERE);
  await expect(page).toHaveURL(/\/check$/);
  const row = page.locator(".govuk-summary-list__row", { hasText: "Photos" });
  await expect(row).toContainText("2 photos");
  await pictures(page, 2);
  await journey.send();
  await follow(page);
  await page.getByRole("link", { name: "See your 2 photos or files, or add more" }).click();
  await expect(list(page)).toHaveText(["IMG_0003.jpg", "IMG_0002.jpg"]);
  await pictures(page, 2);
  await page.getByRole("link", { name: "Something else" }).click();
  await input(page).setInputFiles([await photo(page, "later.jpg"), SOUND]);
  await expect(page.locator("main"), "it cannot be undone, so it waits").not.toContainText("drums.wav");
  await page.getByRole("button", { name: "Add to my report" }).click();
  await expect(page.getByRole("status").filter({ hasText: "added" })).toBeVisible();
  await expect(list(page)).toHaveText(["IMG_0003.jpg", "IMG_0002.jpg", "later.jpg", "drums.wav"]);
  await pictures(page, 3);
  await page.getByRole("link", { name: "Back to your report" }).click();
  await expect(page.getByRole("link", { name: "See your 4 photos or files, or add more" })).toBeVisible();
});

test("files that are no good are named, and the good ones stay @nojs @main", async ({ page }) => {
  await atPhotos(page);
  await add(page, [await photo(page, "one.jpg"), LETTER, BROKEN, await photo(page, "two.jpg")]);
  await expect(wrong(page)).toContainText("“letter.txt” is not a photo we can use.");
  await expect(wrong(page)).toContainText("We could not open “broken.jpg”.");
  await expect(list(page)).toHaveText([/one.jpg/, /two.jpg/]);
  // Whatever was wrong, there is a way on.
  await new Journey(page).goOn();
  expect(await new Journey(page).question()).toBe("where");
  await page.getByRole("link", { name: "Back" }).click();
  await expect(list(page)).toHaveText([/one.jpg/, /two.jpg/]);
});

test("more than ten photos: ten stay, what was left out is named, and there is no room for another @nojs", async ({ page }) => {
  await atPhotos(page);
  await add(page, await photos(page, 11));
  await expect(wrong(page)).toContainText("You can add 10 at most. “IMG_00011.jpg” was left out");
  await expect(list(page)).toHaveCount(10);
  await expect(input(page)).toHaveCount(0);
  await expect(page.locator("main")).toContainText("To add another one, remove one first.");
  await page.getByRole("button", { name: "Remove photo 10" }).click();
  await expect(input(page)).toHaveCount(1);
});

test("photos that are chosen go along with Continue @nojs @main", async ({ page }) => {
  const journey = await atPhotos(page);
  await input(page).setInputFiles(await photos(page, 2));
  await journey.goOn();
  expect(await journey.question()).toBe("where");
  await page.getByRole("link", { name: "Back" }).click();
  await expect(list(page)).toHaveCount(2);
});

test("where the first photo was taken is offered as the place, and said to come from it @nojs @main", async ({ page }) => {
  const journey = await atPhotos(page);
  const at = { lat: 51.366, lon: -2.958, taken: "2026:05:22 09:14:00" };
  await add(page, [await photo(page, "plain.jpg"), await photo(page, "kewstoke.jpg", { at })]);
  await expect(list(page)).toHaveCount(2);
  await expect(page.locator("main")).toContainText("Taken 22 May 2026 at 9:14am");
  await journey.goOn();
  await expect(page.getByRole("status").first()).toContainText("Your photo says it was taken at the place below.");
  await expect(page.locator("main")).toContainText("Kewstoke");
  await journey.goOn();
  expect(await journey.question()).toBe("land");
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page.locator("main"), "now it is the person's own answer").not.toContainText(/your photo says/i);
});

test("when the first photo was taken is offered as the time it was seen @nojs", async ({ page }) => {
  const journey = await atPhotos(page);
  const at = { lat: 51.366, lon: -2.958, taken: "2026:05:22 09:14:00" };
  await add(page, [await photo(page, "kewstoke.jpg", { at })]);
  await journey.goOn();
  await journey.walk(FLY_TIP);
  await page.goto("/report/fly-tipping/q/seen?from=check");
  await journey.answer("seen", { seen: "saw_it" });
  expect(await journey.question()).toBe("seen_when");
  await expect(page.getByRole("status").first()).toContainText("Your photo says it was taken at the time below.");
  await journey.goOn();
  await page.goto("/report/fly-tipping/q/seen_when");
  await expect(page.locator('[name="seen_when.time"]')).toHaveValue("09:14");
  await expect(page.locator("main"), "now it is the person's own answer").not.toContainText(/your photo says/i);
});

test("the sending of photos is shown, said, and ends where it began", async ({ page }) => {
  await atPhotos(page);
  const said = page.locator(".moot-place__said");
  let release;
  const held = new Promise((go) => (release = go));
  await page.route("**/files/photos", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await input(page).setInputFiles(await photos(page, 2));
  await expect(said).toHaveText("Sending 1 of 2: IMG_0001.jpg");
  await expect(said).toHaveRole("status");
  await expect(page.getByRole("progressbar", { name: "How much is sent" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue" }), "nobody leaves half a photo behind").toBeDisabled();
  release();
  await expect(said).toHaveText("2 photos added.");
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(input(page)).toBeFocused();
  await expect(page.getByRole("button", { name: "Continue" })).toBeEnabled();
  await expect(page.getByRole("button", { name: "Upload" })).toBeHidden();
});

test("a photo that did not get through is named, and the next one goes", async ({ page, faults }) => {
  await atPhotos(page);
  let first = true;
  await page.route("**/files/photos", async (route) => {
    const cut = first && route.request().method() === "POST";
    if (cut) first = false;
    await (cut ? route.abort("connectionreset") : route.continue());
  });
  await input(page).setInputFiles(await photos(page, 2));
  await expect(wrong(page)).toContainText("1 photo added.");
  await expect(wrong(page)).toContainText("We could not send “IMG_0001.jpg”. Check your connection, then choose it again.");
  await expect(list(page)).toHaveText([/IMG_0002/]);
  // The browser writes the cut connection on its console.
  faults.found = faults.found.filter((found) => !found.includes("ERR_CONNECTION_RESET"));
});

test("photos are changed from the check, and lead back to it @nojs", async ({ page }) => {
  const journey = await atPhotos(page);
  await add(page, await photos(page, 1));
  await expect(list(page)).toHaveCount(1);
  await journey.goOn();
  await journey.walk(WHERE);
  await page.getByRole("link", { name: "Change photos" }).click();
  await add(page, [await photo(page, "second.jpg"), LETTER]);
  await expect(wrong(page)).toContainText("letter.txt");
  await page.getByRole("button", { name: "Remove photo 1" }).click();
  await expect(list(page)).toHaveText([/second.jpg/]);
  await journey.goOn();
  await expect(page).toHaveURL(/\/check/);
  await pictures(page, 1);
});

test("a recording of the noise is taken, a letter is not @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("noise");
  await journey.walk(NOISE);
  await page.goto("/report/noise/q/recording?from=check");
  await add(page, [LETTER, SOUND]);
  await expect(wrong(page)).toContainText("“letter.txt” is not a file we can take. Choose a sound recording or a video");
  await expect(list(page)).toHaveText([/File 1\s*drums.wav/]);
  await journey.goOn();
  await expect(page).toHaveURL(/\/check/);
  await expect(page.locator("main")).toContainText("drums.wav");
});

test("a bin that was not emptied has room for one photo @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("missed-collection");
  await journey.walk(MISSED);
  await page.goto("/report/missed-collection/q/photo?from=check");
  await add(page, await photo(page, "bin.jpg"));
  await expect(list(page)).toHaveText([/bin.jpg/]);
});

test("nobody else reaches the photos of a report @nojs", async ({ page, another }) => {
  const journey = await atPhotos(page);
  await add(page, await photos(page, 1));
  await expect(list(page)).toHaveCount(1);
  const address = await page.locator("img.moot-file__picture").getAttribute("src");
  const stranger = await another();
  expect((await stranger.goto(address)).status()).toBe(404);
  await journey.goOn();
  await journey.walk(WHERE);
  const { reference } = await journey.send();
  expect((await stranger.goto(`/track/${reference}/files`)).status()).toBe(404);
});

test("real photos are turned the right way up, and a place far away is not taken for the place of the rubbish @nojs", async ({ page }) => {
  const turned = [1, 3, 6, 8].map((n) => real(`orientation/landscape_${n}.jpg`));
  const far = real("gps/DSCN0010.jpg");
  if ([...turned, far].includes(null)) return console.log("skipped: ../shared/data/images is absent, no real photo is tried");
  const journey = await atPhotos(page);
  await add(page, [...turned, far]);
  await expect(list(page)).toHaveCount(5);
  await pictures(page, 5);
  const sides = await page.locator("img.moot-file__picture").evaluateAll((all) => all.map((img) => img.naturalWidth > img.naturalHeight));
  expect(sides, "each lies on its long side").toEqual([true, true, true, true, true]);
  await journey.goOn();
  expect(await journey.question()).toBe("where");
  await expect(page.locator("main")).not.toContainText(/your photo says/i);
});
