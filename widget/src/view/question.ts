/** Around a question of the quiz: where we are, why we ask, and the ways back and out. */
import { html, nothing, type TemplateResult } from "lit";
import { COMMANDS } from "../commands.js";
import * as icons from "../icons.js";
import { paragraph } from "../markdown.js";
import type { Progress } from "../reply.js";
import { say } from "../words.js";

export function progressBar({ number, total }: Progress): TemplateResult {
  const words = say("question_progress", { number, total });
  return html`<div class="progress">
    <span class="progress-words" aria-hidden="true">${words}</span>
    <progress value=${number} max=${total} aria-label=${words}></progress>
  </div>`;
}

export function why(reason: string | null): TemplateResult | typeof nothing {
  if (!reason) return nothing;
  return html`<details class="fold why">
    <summary>${say("question_why")}</summary>
    ${paragraph(reason)}
  </details>`;
}

export function tools(send: (text: string, shown: string) => void): TemplateResult {
  const tool = (icon: TemplateResult, command: string, words: string): TemplateResult =>
    html`<button type="button" class="small" @click=${() => send(command, words)}>${icon}${words}</button>`;
  return html`<div class="tools" role="group" aria-label=${say("question_tools")}>
    ${tool(icons.back, COMMANDS.back, say("question_back"))}
    ${tool(icons.list, COMMANDS.answers, say("question_answers"))}
    ${tool(icons.leave, COMMANDS.leave, say("question_leave"))}
  </div>`;
}
