import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import * as sass from "sass";

// Leaflet's own sheet comes before ours.
const WITH_LEAFLET = ["pin", "pins"];

/** One style sheet, compressed. */
export async function sheet(root, name) {
  const { css } = sass.compile(join(root, `assets/scss/${name}.scss`), {
    style: "compressed",
    // MOJ's files name `node_modules/…` literally: the load path is the folder that holds it.
    loadPaths: [root],
    logger: sass.Logger.silent,
    url: pathToFileURL(root),
  });
  if (!WITH_LEAFLET.includes(name)) return `${css}\n`;
  const leaflet = readFileSync(join(root, "node_modules/leaflet/dist/leaflet.css"), "utf8");
  // Its pictures are for the layer box and the default marker, which we do not use, and its VML is for IE 8.
  const plain = leaflet.replace(/background-image:\s*url\(images[^)]*\);?/g, "").replace(/behavior:[^;]*;/g, "");
  const { code } = await transform(`${plain}\n${css}`, { loader: "css", minify: true, legalComments: "none" });
  return code;
}
