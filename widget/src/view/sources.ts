/** Where an answer comes from, folded under it. */
import { html, nothing, type TemplateResult } from "lit";
import { link } from "../markdown.js";
import type { Cited } from "../reply.js";
import { say } from "../words.js";

export function sources(cited: readonly Cited[]): TemplateResult | typeof nothing {
  if (!cited.length) return nothing;
  return html`<details class="fold sources">
    <summary>${say("sources", { count: cited.length })}</summary>
    <ol>
      ${cited.map(
        ({ title, url, as_of }) => html`<li dir="auto">${link(url, title)} <span class="as-of">${dated(as_of)}</span></li>`,
      )}
    </ol>
  </details>`;
}

function dated(date: string): string {
  return date === "undated" ? say("sources_undated") : say("sources_as_of", { date });
}
