/** One line under the header: what is wrong with the connection, or what was just done. */
import { html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "../conversation.js";
import * as icons from "../icons.js";
import { type Key, say } from "../words.js";

export function banner(conversation: Conversation, email: string): TemplateResult | typeof nothing {
  const trouble = troubleWords(conversation);
  const words = trouble ?? conversation.note;
  if (!words) return nothing;
  return html`<p class="banner" data-kind=${trouble ? "trouble" : "note"}>
    ${trouble ? icons.warning : icons.check}<span>${say(words, { email })}</span>
  </p>`;
}

/** "We keep trying" is said only while we do. */
function troubleWords({ trouble, trying }: Conversation): Key | null {
  if (!navigator.onLine) return "banner_offline";
  if (!trouble || !trying) return null;
  return trouble === "too_many" ? "banner_slow" : "banner_down";
}
