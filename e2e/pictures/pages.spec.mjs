// Pictures to look at, in out/pictures: what a program cannot judge. Never compared pixel by pixel (TT-21).
import { expect, test } from "../fixtures/house.mjs";
import * as tours from "../fixtures/tours.mjs";

const WIDTHS = [320, 412, 820, 1280];
const FOLDER = process.env.PICTURES;
const MAIN = new Set([
  "home", "emergency", "report", "report-found", "report-nothing-found", "track", "not-found", "sign-in",
  "rubbish-now", "rubbish-now-error", "rubbish-where", "rubbish-waste", "rubbish-check", "rubbish-check-private", "rubbish-contact-error",
  "rubbish-seen_when", "rubbish-begun", "rubbish-done", "track-own", "stop-pick-list", "stop-elsewhere", "stop-not-ours", "lamp-posts", "lamp-posts-map", "lamp-posts-check", "stop-trunk-road", "stop-emergency",
  "stop-force", "crime-gate.now", "crime-when.at", "crime-prop.item", "crime-contact", "crime-pin", "crime-check", "crime-done",
  "bins-home", "bins-reminder", "bins-reminder-error",
  "noise-kind", "noise-diary", "noise-diary-which-hour", "noise-check-which-hour", "bins-what", "bins-check", "stop-not-out",
  "antisocial-asb.kind", "antisocial-asb.earlier", "antisocial-check", "antisocial-done", "track-pin", "nameless-stage", "desk-queue", "desk-queue-open", "templates-some", "template", "template-error", "template-preview", "template-saved", "template-used", "bulk-none", "bulk", "bulk-foreseen", "bulk-done", "bulk-undone", "desk-report", "desk-report-open", "desk-map", "desk-map-lost", "desk-map-empty", "desk-decide", "desk-refused", "outbox", "staff",
  "files-none", "files-one-and-a-wrong-one", "files-some", "files-error", "files-full", "files-where", "files-check", "files-track",
  "files-track-none", "files-track-added", "files-track-error", "files-desk-report", "files-desk-one", "files-desk-open",
  "files-desk-hidden", "files-desk-add", "files-desk-add-error", "noise-recording-added",
  "crime-figures", "crime-desk", "crime-desk-open", "crime-desk-recorded", "crime-own", "crime-own-closed", "crime-review",
    "crime-review-error", "crime-desk-review", "crime-measures", "crime-go", "shortlist", "inspection", "bulky-things", "bulky-date", "bulky-date-error", "bulky-check", "bulky-done", "bulky-own", "bulky-pay", "bulky-day", "bulky-sure", "bulky-desk", "bulky-paid", "bulky-cancel", "bulky-cancelled", "alerts", "alerts-sent", "alerts-confirm", "alerts-yours", "alerts-wish", "alerts-stop", "bins-homes", "bins-dispute", "case", "case-visit", "cases", "diary", "diary-now", "diary-earlier", "diary-print", "track-with-diary", "account-door", "account", "account-empty", "account-error", "account-forget", "whole", "whole-error", "whole-pothole", "reports-desk-waits", "reports-newest", "reports-near", "reports-none", "reports-one", "reports-alike", "witness-desk", "witness-own", "witness-own-error", "widget", "widget-list", "said-check", "said-own", "said-form", "said-form-error", "said-waits", "said-desk", "said-shown", "said-names", "public-track", "public-own", "public-own-error", "public-removal", "public-confirm", "public-confirmed", "public-object", "public-object-error", "public-desk", "public-desk-wording", "public-senders", "public-senders-error", "public-fixed", "public-reopen", "again-offered", "again", "again-error", "asked", "asked-error", "asked-answered", "crime-dashboard", "dashboard", "dashboard-councillor", "statistics", "reports-narrowed", "codes", "desk-place", "desk-place-several", "desk-place-error", "desk-service", "desk-service-error", "desk-same", "public-same", "file-new", "file-found", "file-whom", "file-all", "file-all-error", "file-stop", "file-phrase", "file-alike", "file-check", "file-done", "file-desk", "offers", "offer", "offer-error", "offer-preview", "offer-saved", "offer-shut", "offer-list", "offer-back", "messages", "messages-error", "messages-preview", "messages-some", "kept", "kept-error", "kept-held", "kept-list", "told", "told-service", "told-arabic",
]);

for (const [name, tour] of Object.entries(tours)) {
  test(`pictures of the way past ${name}`, async ({ page, another }) => {
    test.setTimeout(300_000);
    let taken = 0;
    const look = async (state, where = page) => {
      if (!MAIN.has(state)) return;
      for (const width of WIDTHS) {
        await where.setViewportSize({ width, height: width < 700 ? 800 : 900 });
        await where.screenshot({ path: `${FOLDER}/${state}-${width}.png`, fullPage: true });
        taken += 1;
      }
    };
    await tour({ page, look, another });
    expect(taken).toBeGreaterThan(0);
  });
}
