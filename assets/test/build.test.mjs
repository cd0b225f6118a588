// What the built files must and must not hold. Run by `npm run test:assets`, after `npm run build`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from "node:zlib";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dist = join(root, "dist");
const build = () => execFileSync(process.execPath, [join(root, "assets/build.mjs")]);
const all = () => readdirSync(dist).sort().map((file) => [file, readFileSync(join(dist, file))]);
const digest = () => all().map(([file, bytes]) => `${file} ${createHash("sha256").update(bytes).digest("hex")}`);

build();
const names = JSON.parse(readFileSync(join(dist, "meta.json"), "utf8"));
const built = (plain) => readFileSync(join(dist, names[plain]));
const fonts = ["paper-bold.ttf", "paper-regular.ttf"];
const br = (plain) => brotliCompressSync(built(plain)).length;

test("a second build gives the same bytes", () => {
  const first = digest();
  build();
  assert.deepEqual(digest(), first);
});

test("every plain name leads to a file named by its own hash, and no file is left over", () => {
  for (const [plain, file] of Object.entries(names)) {
    const mark = createHash("sha256").update(built(plain)).digest("hex").slice(0, 10);
    assert.equal(file, plain.replace(/(\.[a-z0-9]+)$/, `-${mark}$1`));
  }
  const own = ["meta.json", ...fonts];
  const known = new Set([...Object.values(names).flatMap((file) => [file, `${file}.br`, `${file}.gz`]), ...own]);
  assert.deepEqual(readdirSync(dist).filter((file) => !known.has(file)), []);
});

test("the compressed form of a file holds the file", () => {
  for (const plain of ["citizen.css", "citizen.js", "staff.css", "staff.js", "pin.js", "pins.css", "pins.js", "choose.js", "chooser.js", "files.css", "upload.js", "redact.js", "notices.txt"]) {
    const file = join(dist, names[plain]);
    assert.deepEqual(brotliDecompressSync(readFileSync(`${file}.br`)), built(plain));
    assert.deepEqual(gunzipSync(readFileSync(`${file}.gz`)), built(plain));
    assert.ok(readFileSync(`${file}.br`).length < readFileSync(`${file}.gz`).length);
  }
});

test("nothing of GOV.UK's font, crown or name is in the built files", () => {
  const forbidden = /GDS Transport|@font-face|govuk-crest|govuk-footer|govuk-logotype|govuk-header__|moment\.js/i;
  for (const [file, bytes] of all()) {
    if (file.endsWith(".txt")) continue;
    assert.equal(forbidden.exec(bytes.toString("utf8"))?.[0], undefined, file);
  }
});

test("every address in the style sheets and the manifest is a file of ours", () => {
  const files = new Set(Object.values(names));
  for (const plain of ["citizen.css", "staff.css", "pin.css", "pins.css", "files.css", "manifest.webmanifest"]) {
    const text = built(plain).toString("utf8");
    for (const [, file] of text.matchAll(/["(]\/assets\/([^")]+)[")]/g)) assert.ok(files.has(file), `${plain}: ${file}`);
    assert.equal(/url\((?!["']?(?:\/assets\/|data:|#))/.exec(text)?.[0], undefined, plain);
  }
});

// The sizes of the interface requirements, section 7.
for (const [plain, raw, brotli] of [
  ["citizen.css", 144_382, 13_727],
  ["citizen.js", 29_268, 7_252],
  ["staff.css", 222_979, 20_208],
  // Both packages' initAll take 92,684 and 19,558; our own behaviours may add 1,024 and 256.
  ["staff.js", 93_708, 19_814],
  // Ours alone, on pages with files; the requirements leave 83,260 and 20,576 for uploads that go on after a break.
  ["files.css", 7_168, 1_536],
  ["upload.js", 3_072, 1_280],
  // On pages that list things near a place; the map itself comes when it is asked for.
  ["choose.js", 2_048, 1_024],
  ["redact.js", 2_560, 1_024],
]) {
  test(`${plain} holds its size`, () => {
    assert.ok(built(plain).length <= raw, `${built(plain).length} of ${raw}`);
    assert.ok(br(plain) <= brotli, `${br(plain)} of ${brotli} compressed`);
  });
}

test("the notices name every package and its licence", () => {
  const notices = built("notices.txt").toString("utf8");
  for (const name of ["govuk-frontend", "@ministryofjustice/frontend", "leaflet", "protomaps-leaflet", "pbf"]) {
    assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC|BSD-[23]-Clause)\\)$`, "m"));
  }
});

test("the fonts of papers lie beside what browsers load, and no address leads to them", () => {
  for (const file of fonts) {
    assert.equal(readFileSync(join(dist, file)).readUInt32BE(0), 0x00010000, `${file} is TrueType`);
    assert.ok(!Object.entries(names).flat().includes(file), file);
  }
  assert.match(built("notices.txt").toString("utf8"), /^@expo-google-fonts\/open-sans \d[\d.]* \(MIT AND OFL-1\.1\)$[\s\S]*SIL OPEN FONT LICENSE/m);
});

test("the lock file names no place that packages come from", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const named = Object.values(lock.packages).filter((entry) => entry.resolved);
  assert.deepEqual(named, []);
  assert.ok(existsSync(join(root, "node_modules")));
});
