// Builds dist/ from src/ and words/. The same input gives the same bytes, so that a test can build again and compare.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2] ?? `${here}dist`;
const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  write: false,
  charset: "utf8",
  target: ["es2020", "safari15"],
  legalComments: "none",
};

async function bundle(options) {
  const result = await build({ ...shared, ...options });
  return result.outputFiles[0].text;
}

/** The file's name with a piece of its content's hash in it, so that browsers may keep it for ever. */
function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return name.replace(/(\.\w+)$/, `-${hash}$1`);
}

/** English is part of the app. */
async function otherLanguages() {
  const names = (await readdir(`${here}words`)).filter((name) => name.endsWith(".json") && name !== "en.json").sort();
  return Promise.all(
    names.map(async (name) => [name.slice(0, -5), JSON.parse(await readFile(`${here}words/${name}`, "utf8"))]),
  );
}

const files = {};
const add = (name, content) => ((files[name] = content), name);

const wordFiles = {};
for (const [language, words] of await otherLanguages()) {
  const content = JSON.stringify(words);
  wordFiles[language] = hashed(`words-${language}.json`, content);
  add(`assets/${wordFiles[language]}`, content);
}

const loader = await bundle({
  entryPoints: ["src/loader.ts"],
  format: "iife",
  define: {
    LAUNCHER_CSS: JSON.stringify((await bundle({ entryPoints: ["src/loader/style.css"] })).trim()),
  },
});
const app = await bundle({
  entryPoints: ["src/app.ts"],
  format: "esm",
  define: { WORD_FILES: JSON.stringify(wordFiles) },
});
const css = await bundle({ entryPoints: ["src/css/app.css"] });

add("widget.js", loader);
const appName = add(`assets/${hashed("app.js", app)}`, app);
const cssName = add(`assets/${hashed("app.css", css)}`, css);
const page = await readFile(`${here}src/chat.html`, "utf8");
add("chat.html", page.replace("assets/app.js", appName).replace("assets/app.css", cssName));
add("LICENSE-lit.txt", await readFile(`${here}node_modules/lit/LICENSE`, "utf8"));

await rm(out, { recursive: true, force: true });
await mkdir(`${out}/assets`, { recursive: true });
for (const [name, content] of Object.entries(files)) await writeFile(`${out}/${name}`, content);

const kb = (content) => `${(gzipSync(content, { level: 9 }).length / 1024).toFixed(1)} KB`;
for (const [name, content] of Object.entries(files)) console.log(kb(content).padStart(8), name);
console.log(kb(loader + app + css + page).padStart(8), "loader, page, app and style together, gzipped");
