/** Under an answer, one quiet line: whether it helped. */
import { html, type TemplateResult } from "lit";
import { COMMANDS } from "../commands.js";
import { say } from "../words.js";

export function helped(send: (text: string, shown: string) => void): TemplateResult {
  const button = (command: string, words: string, shown: string): TemplateResult =>
    html`<button type="button" class="small" @click=${() => send(command, shown)}>${words}</button>`;
  return html`<div class="helped" role="group" aria-labelledby="helped">
    <span id="helped">${say("helped_question")}</span>
    ${button(COMMANDS.helped, say("helped_yes"), say("helped_yes_said"))}
    ${button(COMMANDS.notHelped, say("helped_no"), say("helped_no_said"))}
  </div>`;
}
