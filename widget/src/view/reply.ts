/** One reply of the bot, part by part. */
import { html, nothing, type TemplateResult } from "lit";
import { paragraph } from "../markdown.js";
import type { Reply } from "../reply.js";
import { say } from "../words.js";
import { answers } from "./answers.js";
import { options } from "./options.js";
import { progressBar, tools, why } from "./question.js";
import { isResult, result } from "./result.js";
import { sources } from "./sources.js";
import { table } from "./table.js";

export interface Actions {
  /** `shown` is what the person sees of the message. */
  send(text: string, shown: string): void;
  print(): void;
}

/** "2 years": typed, a figure means the option of that name and not the second one. */
const FIGURE = /^\d/;

export interface Standing {
  /** Only the last replies can be answered. */
  live: boolean;
  picked: string | null;
}

/**
 * One reply; `last` is the last of an exchange that offers options, whose numbers can be typed.
 * The bot answers in English, whatever the language of the page.
 */
function reply(said: Reply, { live, picked }: Standing, last: boolean, actions: Actions): TemplateResult {
  const asks = said.progress !== null || said.why !== null;
  const numbered = last && !said.options.some(({ label }) => FIGURE.test(label));
  const texts = asks ? said.text.slice(0, -1) : said.text;
  const question = asks ? said.text.slice(-1) : [];
  return html`<div class="reply" lang="en">
    ${texts.map(paragraph)} ${said.table ? table(said.table) : nothing}
    ${isResult(said) ? result(said, actions.print) : said.closing.map(paragraph)}
    ${said.answers.length ? answers(said.answers, live, ({ change, name }) => actions.send(change, say("answers_change_name", { name }))) : nothing}
    ${said.progress && live ? progressBar(said.progress) : nothing}
    ${question.map((text) => html`<div class="question">${paragraph(text)}</div>`)} ${why(said.why)}
    ${options(said.options, { live, picked, numbered, pick: ({ payload, label }) => actions.send(payload, label) })}
    ${sources(said.sources)} ${said.progress && live ? tools(actions.send) : nothing}
  </div>`;
}

/** All replies of one turn. */
export function replies(said: readonly Reply[], standing: Standing, actions: Actions): TemplateResult[] {
  const offering = said.filter(({ options }) => options.length).at(-1);
  return said.map((one) => reply(one, standing, one === offering, actions));
}
