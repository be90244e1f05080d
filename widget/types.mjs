// Writes src/reply.ts, the types of what the bot says, from reply.schema.json.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const BANNER = "/** What the bot says in one turn. Made from reply.schema.json by `npm run types`; do not edit. */";

const schema = JSON.parse(await readFile("reply.schema.json", "utf8"));
const types = await compile(schema, "Reply", { bannerComment: BANNER, additionalProperties: false, printWidth: 120 });
await writeFile("src/reply.ts", types);
