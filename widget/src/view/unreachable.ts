/** When the conversation could not be opened, or the bot is closed: say so, offer to try again, and name people to ask. */
import { html, type TemplateResult } from "lit";
import * as icons from "../icons.js";
import { link } from "../markdown.js";
import type { Organization } from "../organization.js";
import { say } from "../words.js";

export function unreachable(
  { name, email, phone, hours, contactPage }: Organization,
  closed: string | null,
  retry: () => void,
): TemplateResult {
  const ways = [link(`mailto:${email}`, email), link(`tel:${phone.replace(/[^+\d]/g, "")}`, phone), link(contactPage, contactPage)];
  return html`<section class="unreachable">
    <h2>${icons.warning}${say(closed ? "closed_title" : "unreachable_title")}</h2>
    <p>${closed ?? say("unreachable_text", { organization: name })}</p>
    <ul role="list">
      ${ways.map((way) => html`<li>${way}</li>`)}
      <li>${hours}</li>
    </ul>
    <button type="button" class="primary" @click=${retry}>${icons.again}${say("try_again")}</button>
  </section>`;
}
