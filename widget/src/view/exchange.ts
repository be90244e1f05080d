/** What the person said and what came back. */
import { html, nothing, type TemplateResult } from "lit";
import type { Exchange, Reason } from "../api.js";
import * as icons from "../icons.js";
import type { Pending } from "../outbox.js";
import { type Key, say } from "../words.js";
import { helped } from "./helped.js";
import { type Actions, replies, type Standing } from "./reply.js";

export function exchange(said: Exchange, standing: Standing, bot: string, actions: Actions): TemplateResult {
  return html`<div class="exchange">
    ${words(said.text)}
    <div class="answer" data-answer=${said.id} tabindex="-1">
      <span class="sr">${say("bot_said", { bot })}</span>
      ${replies(said.replies, standing, actions)}
      ${standing.live && said.replies.some((reply) => reply.asks_if_helped) ? helped(actions.send) : nothing}
    </div>
  </div>`;
}

export interface PendingActions {
  retry(id: string): void;
  remove(id: string): void;
}

export function pending(message: Pending, actions: PendingActions): TemplateResult {
  return html`<div class="exchange" data-state=${message.state}>
    ${words(message.shown)}
    <p class="delivery">
      ${message.state === "failed" ? icons.warning : nothing}<span>${deliveryWords(message)}</span>
      ${message.state === "failed" ? failedButtons(message, actions) : nothing}
    </p>
  </div>`;
}

export function deliveryWords({ state, reason, said }: Pick<Pending, "state" | "reason" | "said">): string {
  if (state === "sending") return say("sending");
  if (said) return say("failed_closed", { said });
  return say((state === "failed" ? FAILED : WAITING)[reason ?? "unreachable"] ?? (state === "failed" ? "failed" : "waiting_again"));
}

const WAITING: Partial<Record<Reason, Key>> = { offline: "waiting_offline", too_many: "waiting_slow" };
const FAILED: Partial<Record<Reason, Key>> = { too_long: "failed_long", no_session: "failed_session" };

function words(text: string): TemplateResult {
  return html`<p class="said"><span class="sr">${say("you_said")} </span><span dir="auto">${text}</span></p>`;
}

function failedButtons({ id, reason }: Pending, { retry, remove }: PendingActions): TemplateResult {
  return html`${reason === "too_long"
      ? nothing
      : html`<button type="button" class="small" @click=${() => retry(id)}>${icons.again}${say("try_again")}</button>`}
    <button type="button" class="small" @click=${() => remove(id)}>${say("remove")}</button>`;
}
