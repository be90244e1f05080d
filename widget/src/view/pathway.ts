/** The plan as a drawn path: an ordered list to screen readers, stations on a line to eyes. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { inline } from "../markdown.js";
import type { PlanStep } from "../reply.js";
import { type Key, say } from "../words.js";

interface Station {
  words: Key;
  drawing: SVGTemplateResult;
}

const UNKNOWN: Station = {
  words: "plan_unknown",
  drawing: svg`<circle cx="14" cy="14" r="10" stroke-dasharray="3.5 3"/><path d="M11.5 11.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M14 18.3v.01"/>`,
};

/** By the state of a step. */
const STATIONS: Readonly<Record<string, Station>> = {
  done: {
    words: "plan_done",
    drawing: svg`<circle class="filled" cx="14" cy="14" r="10"/><path class="cut" d="M9.5 14.3l3.2 3.2 6-6.5"/>`,
  },
  here: {
    words: "plan_here",
    drawing: svg`<circle class="halo" cx="14" cy="14" r="13"/><circle class="ground" cx="14" cy="14" r="9"/><circle class="filled" cx="14" cy="14" r="4.5"/>`,
  },
  ahead: { words: "plan_ahead", drawing: svg`<circle cx="14" cy="14" r="10"/>` },
  unknown: UNKNOWN,
};

export function pathway(plan: readonly PlanStep[]): TemplateResult {
  return html`<div class="pathway">
    <h3>${say("plan_title")}</h3>
    <ol>
      ${plan.map(step)}
    </ol>
  </div>`;
}

function step({ text, state, takes }: PlanStep): TemplateResult {
  const { words, drawing } = STATIONS[state] ?? UNKNOWN;
  return html`<li class="station" data-state=${state} aria-current=${state === "here" ? "step" : nothing}>
    <svg class="station-drawing" viewBox="0 0 28 28" aria-hidden="true" focusable="false">${drawing}</svg>
    <div class="station-text">
      <span class="station-state">${say(words)}<span class="sr">:</span></span>
      <span class="station-name" dir="auto">${inline(text)}</span>
      ${takes ? html`<span class="station-takes">${say("plan_takes", { time: takes })}</span>` : nothing}
    </div>
  </li>`;
}
