import { build } from "esbuild";

/**
 * One script, `assets/ts/NAME.ts`, with all it imports. Scripts named in `words` stay apart: they are loaded with
 * `import()` when asked for. Gives the bytes and the packages whose code is in them.
 */
export async function bundle(root, name, words) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [`assets/ts/${name}.ts`],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    legalComments: "none",
    loader: { ".svg": "dataurl" },
    define: Object.fromEntries(Object.entries(words).map(([key, value]) => [key, JSON.stringify(value)])),
    external: ["./pin-*.js", "./chooser-*.js"],
    metafile: true,
    write: false,
    outfile: `${name}.js`,
  });
  const packages = new Set();
  for (const output of Object.values(result.metafile.outputs)) {
    for (const input of Object.keys(output.inputs)) {
      const found = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/);
      if (found) packages.add(found[1]);
    }
  }
  return { bytes: result.outputFiles[0].contents, packages: [...packages].sort() };
}
