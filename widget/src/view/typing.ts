/** Somebody is at work on an answer; after a while, that it takes longer. */
import { html, type TemplateResult } from "lit";
import { say } from "../words.js";

export function typing(bot: string, long: boolean): TemplateResult {
  return html`<div class="typing">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    <span class=${long ? "" : "sr"}>${long ? say("typing_long") : say("typing", { bot })}</span>
  </div>`;
}
