/** The conversation from the notice to what is just on its way. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Conversation } from "../conversation.js";
import type { Organization } from "../organization.js";
import { say } from "../words.js";
import { exchange, pending, type PendingActions } from "./exchange.js";
import { notice } from "./notice.js";
import { type Actions, replies, type Standing } from "./reply.js";
import { typing } from "./typing.js";

/** After this long without an answer a word of comfort is due. */
export const LONG_MS = 8_000;

export function transcript(organization: Organization, conversation: Conversation, actions: Actions & PendingActions): TemplateResult {
  const { exchanges, outbox } = conversation;
  const bot = organization.botName;
  const sending = outbox.messages.find(({ state }) => state === "sending");
  return html`${notice(organization, !exchanges.length && !outbox.messages.length)} ${welcome(conversation, bot, actions)}
  ${repeat(
    exchanges,
    ({ id }) => id,
    (one, i) => exchange(one, standing(conversation, i), bot, actions),
  )}
  ${outbox.messages.map((message) => pending(message, actions))}
  ${sending ? typing(bot, Date.now() - sending.since >= LONG_MS) : nothing}`;
}

function welcome(conversation: Conversation, bot: string, actions: Actions): TemplateResult {
  const { welcome } = conversation;
  if (!welcome) return html`<p class="loading">${say("loading")}</p>`;
  return html`<div class="answer" tabindex="-1">
    <span class="sr">${say("bot_said", { bot })}</span>
    ${replies([welcome], standing(conversation, -1), actions)}
  </div>`;
}

/** Only the last replies can be answered, and only while no answer is on its way. -1 is the welcome. */
function standing({ exchanges, outbox, underway }: Conversation, i: number): Standing {
  const last = i === exchanges.length - 1;
  const taken = last ? underway?.payload : exchanges[i + 1]?.took;
  return { live: last && !outbox.busy, picked: taken ?? null };
}
