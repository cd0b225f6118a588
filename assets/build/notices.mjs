import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

// In the style sheets, which carry no package list of their own.
const IN_SHEETS = ["@ministryofjustice/frontend", "govuk-frontend", "leaflet"];

/** The licence texts of every package whose code is in a file that browsers load. Stops at one without a licence. */
export function notices(root, packages) {
  const all = [...new Set([...IN_SHEETS, ...packages])].sort();
  const parts = all.map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (!license) throw new Error(`${name} names no licence`);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `Moothall's pages contain parts of these packages.\n\n${parts.join("\n----------------------------------------\n\n")}`;
}
