/* Make the files for the browser: node src/staffel/ui/assets/build.mjs OUTDIR [THEME.css]
 *
 * One style sheet (KERN's and ours, purged of what no template names), Fira Sans, htmx, our modules, the favicon.
 * A theme is a style sheet that only sets custom properties; it is appended, so that it wins.
 * Sizes are printed, because docs/develop/performance.md and the tests hold budgets for them.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";

const ASSETS = dirname(fileURLToPath(import.meta.url));
const SOURCE = resolve(ASSETS, "../..");
const require = createRequire(import.meta.url);
const WEIGHTS = [400, 500, 600];
// Releases of 2023: oklch(), :has() and @layer are there, so nothing is written twice.
const BROWSERS = { chrome: 120 << 16, firefox: 121 << 16, safari: (16 << 16) | (4 << 8), ios_saf: (16 << 16) | (4 << 8) };

const [outdir, theme] = process.argv.slice(2);
if (!outdir) {
  console.error("usage: node src/staffel/ui/assets/build.mjs OUTDIR [THEME.css]");
  process.exit(2);
}
const read = (path) => readFileSync(path, "utf8");
// "exports" of a package may hide its files; its folder is found by walking the look-up paths.
const packageFile = (name, file) => {
  for (const folder of require.resolve.paths(name)) {
    try {
      readFileSync(join(folder, name, file));
      return join(folder, name, file);
    } catch {
      continue;
    }
  }
  throw new Error(`${name}/${file} is not installed: run npm ci --omit=dev`);
};

function fontFaces() {
  const ranges = JSON.parse(read(packageFile("@fontsource/fira-sans", "unicode.json")));
  const faces = [];
  for (const subset of ["latin-ext", "latin"]) {
    for (const weight of WEIGHTS) {
      const name = `fira-sans-${subset}-${weight}.woff2`;
      const source = packageFile("@fontsource/fira-sans", `files/fira-sans-${subset}-${weight}-normal.woff2`);
      cpSync(source, join(outdir, name));
      faces.push(
        `@font-face{font-family:"Fira Sans";font-weight:${weight};font-style:normal;font-display:swap;` +
          `src:url("${name}") format("woff2");unicode-range:${ranges[subset]}}`,
      );
    }
  }
  return faces.join("\n");
}

/* What the pages may use: every word of every template, program and module, and the class of every icon named. */
function content() {
  const files = readdirSync(SOURCE, { recursive: true }).filter(
    (file) => /\.(html|svg|txt|py|js)$/.test(file) && !/(^|\/)migrations\//.test(file),
  );
  return files.map((file) => read(join(SOURCE, file)));
}
const extract = (text) => [
  ...(text.match(/[A-Za-z0-9_-]+/g) ?? []),
  ...[...text.matchAll(/icon[\s=(]+["']([a-z-]+)["']/g)].map((match) => `kern-icon--${match[1]}`),
];

/* KERN's custom properties that our rules name, and those that these are made of: PurgeCSS does not see ours. */
function properties(ours, kern) {
  const made = new Map();
  for (const [, name, value] of kern.matchAll(/(--kern-[\w-]+):([^;}]*)/g)) made.set(name, `${made.get(name) ?? ""} ${value}`);
  const needed = new Set(ours.match(/--kern-[\w-]+/g));
  // A set grows while one walks over it, so this ends when nothing new is found.
  for (const name of needed) for (const part of made.get(name)?.match(/--kern-[\w-]+/g) ?? []) needed.add(part);
  return [...needed];
}

async function styles() {
  const kern = read(packageFile("@kern-ux/native", "dist/kern.min.css"))
    .replace(/@charset[^;]+;/, "")
    .replace(/@font-face\{[^}]*\}/g, "")
    // In forced colours KERN paints every icon white, which is invisible on a white ground; 50-print.css takes the system's.
    .replaceAll("background-color:var(--kern-color-white)!important", "");
  const own = readdirSync(join(ASSETS, "css")).sort().map((file) => read(join(ASSETS, "css", file)));
  const ours = [...own, theme ? read(theme) : ""].join("\n");
  // Only KERN is purged: ours is small, and PurgeCSS drops rules that begin with :where(a, b).
  const [purged] = await new PurgeCSS().purge({
    css: [{ raw: `@layer kern{${kern}}` }],
    content: content().map((raw) => ({ raw, extension: "any" })),
    defaultExtractor: extract,
    variables: true,
    keyframes: true,
    // States that only a browser or a script sets, never a template.
    dynamicAttributes: ["open", "hidden", "disabled", "readonly", "value", "type", "tabindex", "href"],
    blocklist: [/^kern-(light|dark)$/, /^kern-level-/, /data-kern-theme/],
    safelist: { variables: properties(ours, kern) },
  });
  const code = fontFaces() + purged.css + ours;
  return transform({ filename: "staffel.css", code: Buffer.from(code), minify: true, targets: BROWSERS }).code;
}

/* Each of our modules stands alone, so a block of its own is all the bundling they need. */
function scripts() {
  const folder = join(ASSETS, "js");
  return readdirSync(folder).sort().map((file) => `{\n${read(join(folder, file))}}\n`).join("");
}

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
writeFileSync(join(outdir, "staffel.css"), await styles());
writeFileSync(join(outdir, "staffel.js"), scripts());
writeFileSync(join(outdir, "htmx.min.js"), read(packageFile("htmx.org", "dist/htmx.min.js")));
cpSync(join(ASSETS, "img"), outdir, { recursive: true });

for (const file of readdirSync(outdir).sort()) {
  const bytes = readFileSync(join(outdir, file));
  const small = file.endsWith(".woff2") ? bytes : brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  console.log(`${file.padEnd(34)}${String(bytes.length).padStart(8)} bytes${String(small.length).padStart(8)} compressed`);
}
