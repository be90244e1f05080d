/** What the person answered so far, each with a button that changes it. */
import { html, nothing, type TemplateResult } from "lit";
import type { Given } from "../reply.js";
import { say } from "../words.js";

export function answers(given: readonly Given[], live: boolean, change: (given: Given) => void): TemplateResult {
  return html`<section class="answers" aria-label=${say("answers_title")}>
    <ul role="list">
      ${given.map(
        (one) => html`<li>
          <div class="answer-text">
            <span class="answer-name" dir="auto">${one.name}</span>
            <span class="answer-given" dir="auto">${one.answer}</span>
          </div>
          ${live
            ? html`<button
                type="button"
                class="small"
                aria-label=${say("answers_change_name", { name: one.name })}
                @click=${() => change(one)}
              >
                ${say("answers_change")}
              </button>`
            : nothing}
        </li>`,
      )}
    </ul>
  </section>`;
}
