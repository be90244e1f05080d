/** The result of the quiz: verdicts by kind, the pathway, what to do next. */
import { html, nothing, type TemplateResult } from "lit";
import * as icons from "../icons.js";
import { inline, paragraph } from "../markdown.js";
import type { Reply, Section, Verdict } from "../reply.js";
import { say } from "../words.js";
import { pathway } from "./pathway.js";

/** More than this of notes, in characters, is folded away. */
const MUCH = 160;

export function isResult(reply: Reply): boolean {
  return reply.sections.length > 0 || reply.plan.length > 0;
}

export function result({ sections, plan, closing }: Reply, print: () => void): TemplateResult {
  return html`<section class="result" aria-label=${say("result_title")}>
    <div class="result-head">
      <h2>${say("result_title")}</h2>
      <button type="button" class="small" @click=${print}>${icons.print}${say("result_print")}</button>
    </div>
    ${sections.map(group)} ${plan.length ? pathway(plan) : nothing}
    ${closing.length
      ? html`<div class="closing">
          <h3>${say("closing_title")}</h3>
          ${closing.map(paragraph)}
        </div>`
      : nothing}
  </section>`;
}

function group({ kind, title, items }: Section): TemplateResult {
  return html`<div class="verdicts" data-kind=${kind}>
    <h3>${icons.KIND_ICONS[kind] ?? icons.KIND_ICONS["depends"]}<span dir="auto">${title}</span></h3>
    <ul role="list">
      ${items.map((item) => html`<li>${verdict(item)}</li>`)}
    </ul>
  </div>`;
}

function verdict({ name, says, notes }: Verdict): TemplateResult {
  const list = html`<ul class="notes">
    ${notes.map((note) => html`<li dir="auto">${inline(note)}</li>`)}
  </ul>`;
  return html`<p class="verdict" dir="auto"><strong>${name}</strong> ${inline(says)}</p>
    ${!notes.length
      ? nothing
      : notes.join("").length <= MUCH
        ? list
        : html`<details class="fold">
            <summary>${say("result_more")}<span class="sr">: ${name}</span></summary>
            ${list}
          </details>`}`;
}
