import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

// In the style sheets, which carry no package list of their own.
const IN_SHEETS = ["@ministryofjustice/frontend", "govuk-frontend", "leaflet"];

/**
 * The licence texts of every package whose code is in a file that browsers load, or whose font is in papers. Stops at one
 * without a licence.
 */
export function notices(root, packages) {
  const all = [...new Set([...IN_SHEETS, ...packages])].sort();
  const parts = all.map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (!license) throw new Error(`${name} names no licence`);
    // A package of a font has one for its code and one for the font.
    const files = readdirSync(folder).filter((entry) => /^licen[cs]e/i.test(entry)).sort();
    const text = files.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n") || `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `Moothall's pages and papers contain parts of these packages.\n\n${parts.join("\n----------------------------------------\n\n")}`;
}
