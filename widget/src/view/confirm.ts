/** Asks before something that cannot be undone. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { say } from "../words.js";
import { PageElement } from "./element.js";

export interface Asked {
  title: string;
  text: string;
  yes: string;
}

@customElement("img-pathway-confirm")
export class Confirm extends PageElement {
  @state() private asked: Asked | null = null;
  @query("dialog") private dialog!: HTMLDialogElement;

  /** True if the person says yes. */
  async ask(asked: Asked): Promise<boolean> {
    this.asked = asked;
    await this.updateComplete;
    const { dialog } = this;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((done) => {
      dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
    });
  }

  override render(): TemplateResult {
    const { asked } = this;
    return html`<dialog class="confirm" aria-labelledby="confirm-title" aria-describedby="confirm-text">
      ${asked
        ? html`<h2 id="confirm-title">${asked.title}</h2>
            <p id="confirm-text">${asked.text}</p>
            <div class="confirm-buttons">
              <button type="button" autofocus @click=${() => this.dialog.close()}>${say("cancel")}</button>
              <button type="button" class="primary" @click=${() => this.dialog.close("yes")}>${asked.yes}</button>
            </div>`
        : nothing}
    </dialog>`;
  }
}
