// Builds everything a browser loads into dist/: `npm run build`.
// Every such file carries a hash of its content; dist/meta.json maps plain names to hashed ones.
// The same sources give the same bytes. Two fonts lie beside them for the papers we make: meta.json does not name them, and
// what it does not name is sent to nobody.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundle } from "./build/bundle.mjs";
import { hashed } from "./build/hashed.mjs";
import { notices } from "./build/notices.mjs";
import { sheet } from "./build/sheet.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, "assets/images");
const out = new Map();
const names = {};

function keep(plain, bytes) {
  names[plain] = hashed(plain, bytes);
  out.set(names[plain], bytes);
}

// MOJ's sheets name pictures under /assets/images: those few are taken along, under hashed names. Never a logo.
const pictures = join(root, "node_modules/@ministryofjustice/frontend/moj/assets/images");
function withPictures(css) {
  return css.replace(/url\(\/assets\/images\/([a-z0-9.-]+)\)/g, (_, file) => {
    if (/logo|crest|crown/.test(file)) throw new Error(`${file} must not be served`);
    keep(`moj-${file}`, readFileSync(join(pictures, file)));
    return `url(/assets/${names[`moj-${file}`]})`;
  });
}

for (const name of ["citizen", "staff", "pin", "pins", "files"]) keep(`${name}.css`, withPictures(await sheet(root, name)));
for (const file of readdirSync(images).sort()) {
  if ([".svg", ".png"].includes(extname(file))) keep(file, readFileSync(join(images, file)));
}

const packages = new Set();
async function script(name, words) {
  const { bytes, packages: inside } = await bundle(root, name, words);
  keep(`${name}.js`, bytes);
  for (const found of inside) packages.add(found);
}
// The pin picker first: the citizen script names its hashed file.
await script("pin", { PIN_SHEET: names["pin.css"] });
await script("citizen", { PIN_SCRIPT: `./${names["pin.js"]}` });
await script("staff", {});
// Beside them, on pages that have files.
for (const name of ["upload", "redact"]) await script(name, {});
// Beside them, on pages with a map of reports, and on those that list what stands near a place.
for (const name of ["pins", "chooser"]) await script(name, {});
await script("choose", { CHOOSER_SCRIPT: `./${names["chooser.js"]}` });

const manifest = readFileSync(join(root, "assets/manifest.webmanifest"), "utf8");
keep("manifest.webmanifest", manifest.replace(/"\/assets\/([^"]+)"/g, (_, plain) => `"/assets/${names[plain]}"`));

const fonts = "@expo-google-fonts/open-sans";
packages.add(fonts);
for (const [name, file] of [["regular", "400Regular/OpenSans_400Regular.ttf"], ["bold", "700Bold/OpenSans_700Bold.ttf"]]) {
  out.set(`paper-${name}.ttf`, readFileSync(join(root, "node_modules", fonts, file)));
}
keep("notices.txt", notices(root, packages));

// What is sent again and again is compressed once, here. Pictures of points are compressed already.
for (const [file, bytes] of [...out].filter(([file]) => /\.(css|js|svg|txt|webmanifest)$/.test(file))) {
  const whole = Buffer.from(bytes);
  const brotli = brotliCompressSync(whole, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: whole.length } });
  out.set(`${file}.br`, brotli);
  out.set(`${file}.gz`, gzipSync(whole, { level: 9 }));
}

const sorted = Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
out.set("meta.json", `${JSON.stringify(sorted, null, 2)}\n`);

const dist = join(root, "dist");
mkdirSync(dist, { recursive: true });
// Old files go last, so that a server reading dist/ meanwhile always finds what meta.json names.
for (const [file, bytes] of out) if (file !== "meta.json") writeFileSync(join(dist, file), bytes);
writeFileSync(join(dist, "meta.json"), out.get("meta.json"));
for (const file of readdirSync(dist)) if (!out.has(file)) rmSync(join(dist, file), { recursive: true });

console.log(`dist: ${out.size} files`);
