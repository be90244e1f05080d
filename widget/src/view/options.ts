/** Options to click. Old ones stay readable but do nothing; the one that was taken says so. */
import { html, nothing, type TemplateResult } from "lit";
import * as icons from "../icons.js";
import type { Option } from "../reply.js";
import { say } from "../words.js";

export interface Choice {
  live: boolean;
  /** The payload that was taken. */
  picked: string | null;
  /** Whether typing an option's number picks it. */
  numbered: boolean;
  pick(option: Option): void;
}

export function options(all: readonly Option[], choice: Choice): TemplateResult | typeof nothing {
  if (!all.length) return nothing;
  return html`<ul class="options" role="list" aria-label=${say("choices")}>
    ${all.map((option, i) => html`<li>${button(option, choice, choice.numbered ? i + 1 : icons.forward)}</li>`)}
  </ul>`;
}

/** `aria-disabled` and not `disabled`: a disabled button would lose the keyboard's place at the very click. */
function button(option: Option, { live, picked, pick }: Choice, mark: TemplateResult | number): TemplateResult {
  const chosen = option.payload === picked;
  return html`<button
    type="button"
    class="option"
    aria-pressed=${live ? nothing : chosen}
    aria-disabled=${live ? nothing : "true"}
    tabindex=${live ? nothing : "-1"}
    @click=${() => live && pick(option)}
  >
    <span class="option-mark" aria-hidden="true">${chosen ? icons.check : mark}</span>
    <span class="option-label" dir="auto">${option.label}</span>
    ${chosen ? html`<span class="option-chosen">${say("chosen")}</span>` : nothing}
  </button>`;
}
