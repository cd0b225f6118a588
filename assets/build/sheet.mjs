import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import * as sass from "sass";

/** One style sheet, compressed. `pin` is Leaflet's own sheet followed by ours. */
export async function sheet(root, name) {
  const { css } = sass.compile(join(root, `assets/scss/${name}.scss`), {
    style: "compressed",
    // MOJ's files name `node_modules/…` literally: the load path is the folder that holds it.
    loadPaths: [root],
    logger: sass.Logger.silent,
    url: pathToFileURL(root),
  });
  if (name !== "pin") return `${css}\n`;
  const leaflet = readFileSync(join(root, "node_modules/leaflet/dist/leaflet.css"), "utf8");
  // Its pictures are for the layer box and the default marker, which we do not use, and its VML is for IE 8.
  const plain = leaflet.replace(/background-image:\s*url\(images[^)]*\);?/g, "").replace(/behavior:[^;]*;/g, "");
  const { code } = await transform(`${plain}\n${css}`, { loader: "css", minify: true, legalComments: "none" });
  return code;
}
