/** What a person should know before the first message. */
import { html, nothing, type TemplateResult } from "lit";
import * as icons from "../icons.js";
import { link } from "../markdown.js";
import type { Organization } from "../organization.js";
import { say } from "../words.js";

/** Open until the first message, then folded but still there to read. */
export function notice({ name, keepDays, privacyLink, example }: Organization, fresh: boolean): TemplateResult {
  return html`<details class="notice" ?open=${fresh}>
    <summary>${icons.shield}${say("notice_title")}</summary>
    <ul>
      <li>${say("notice_what", { organization: name })}</li>
      <li>${say("notice_advice")}</li>
      <li>${say("notice_personal")}</li>
      <li>${say("notice_kept", { days: keepDays })} ${privacyLink ? link(privacyLink, say("notice_privacy")) : nothing}</li>
      ${example ? html`<li><strong>${say("notice_example")}</strong></li>` : nothing}
    </ul>
  </details>`;
}
