/** The little Markdown that the bot writes, as templates: text stays text, and no string ever becomes HTML. */
import { html, type TemplateResult } from "lit";
import { say } from "./words.js";

type Part = TemplateResult | string | readonly Part[];

const INLINE =
  /\*\*(?<bold>[^*]+)\*\*|\[(?<label>[^[\]]+)\]\((?<href>[^\s()]+)\)|(?<url>https?:\/\/[^\s<>"']+)|(?<mail>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)/g;
const TRAILING = /[.,;:!?)\]*]+$/;
const SCHEMES: readonly string[] = ["http:", "https:", "mailto:", "tel:"];

/** One paragraph of a reply: lines, with "- " lines as a list. */
export function paragraph(text: string): TemplateResult {
  return html`${blocks(text).map((block) =>
    typeof block === "string"
      ? html`<p dir="auto">${inline(block)}</p>`
      : html`<ul dir="auto">${block.map((item) => html`<li>${inline(item)}</li>`)}</ul>`,
  )}`;
}

/** A piece of a line: bold, links and plain text. */
export function inline(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(from, match.index));
    const [shown, rest] = marked(match);
    parts.push(shown, rest);
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** The same without marks, for ears. */
export function plain(text: string): string {
  return text.replace(INLINE, (whole, bold?: string, label?: string) => bold ?? label ?? whole).replace(/^- /gm, "");
}

/** A link, or only its text where the address is not one we let through. */
export function link(href: string, text: Part): Part {
  if (!isSafe(href)) return text;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}<span class="sr">${` ${say("new_tab")}`}</span></a>`;
}

export function isSafe(href: string): boolean {
  try {
    return SCHEMES.includes(new URL(href).protocol);
  } catch {
    return false;
  }
}

function marked(match: RegExpMatchArray): [Part, string] {
  const { bold, label, href, url, mail } = match.groups ?? {};
  if (bold) return [html`<strong>${inline(bold)}</strong>`, ""];
  if (label && href) return [link(href, label), ""];
  if (mail) return [link(`mailto:${mail}`, mail), ""];
  const address = (url ?? "").replace(TRAILING, "");
  return [link(address, address), (url ?? "").slice(address.length)];
}

function blocks(text: string): (string | string[])[] {
  const found: (string | string[])[] = [];
  for (const line of text.split("\n")) {
    const last = found.at(-1);
    if (!line.startsWith("- ")) {
      if (line.trim()) found.push(line);
    } else if (Array.isArray(last)) last.push(line.slice(2));
    else found.push([line.slice(2)]);
  }
  return found;
}
