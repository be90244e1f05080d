/** Name, menu and the buttons of the window. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import * as icons from "../icons.js";
import { isSafe, link } from "../markdown.js";
import type { Organization } from "../organization.js";
import { say } from "../words.js";
import { PageElement } from "./element.js";

export interface MenuItem {
  icon: TemplateResult;
  words: string;
  run(): void;
}

@customElement("img-pathway-header")
export class Header extends PageElement {
  @property({ attribute: false }) organization!: Organization;
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  /** False where the app is a page of its own: nothing to close or widen. */
  @property({ type: Boolean }) framed = false;
  @property({ type: Boolean }) wide = false;
  @property({ attribute: false }) widen: (on: boolean) => void = () => {};
  @property({ attribute: false }) shut: () => void = () => {};
  @state() private open = false;
  @query(".menu-button") private button!: HTMLButtonElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.onPointer);
  }

  override disconnectedCallback(): void {
    document.removeEventListener("pointerdown", this.onPointer);
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const { botName, name } = this.organization;
    return html`<header class="header">
      <span class="logo">${icons.logo}</span>
      <div class="names">
        <h1 tabindex="-1">${botName}</h1>
        <p>${say("header_about", { organization: name })}</p>
      </div>
      <div class="menu" @keydown=${this.onKey} @focusout=${this.onLeave}>
        <button
          type="button"
          class="plain menu-button"
          aria-label=${say("menu")}
          aria-expanded=${this.open ? "true" : "false"}
          aria-controls="menu"
          @click=${() => (this.open = !this.open)}
        >
          ${icons.menu}
        </button>
        <ul id="menu" class="menu-list" role="list" ?hidden=${!this.open}>
          ${this.items.map((item) => html`<li>${this.item(item)}</li>`)} ${this.privacy()}
        </ul>
      </div>
      ${this.framed ? this.windowButtons() : nothing}
    </header>`;
  }

  private item({ icon, words, run }: MenuItem): TemplateResult {
    const pick = (): void => {
      this.fold();
      run();
    };
    return html`<button type="button" class="menu-item" @click=${pick}>${icon}${words}</button>`;
  }

  private privacy(): TemplateResult | typeof nothing {
    const { privacyLink } = this.organization;
    if (!isSafe(privacyLink)) return nothing;
    return html`<li class="menu-link">${link(privacyLink, say("menu_privacy"))}</li>`;
  }

  private windowButtons(): TemplateResult {
    return html`<button
        type="button"
        class="plain widen"
        aria-label=${say(this.wide ? "narrower" : "wider")}
        @click=${() => this.widen(!this.wide)}
      >
        ${this.wide ? icons.narrower : icons.wider}
      </button>
      <button type="button" class="plain" aria-label=${say("close")} @click=${this.shut}>${icons.close}</button>`;
  }

  private fold(): void {
    this.open = false;
    this.button?.focus();
  }

  /** The event is used up: the same key would otherwise close the whole chat. */
  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.open) return;
    event.preventDefault();
    this.fold();
  }

  private onLeave({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.open = false;
  }

  private readonly onPointer = ({ target }: Event): void => {
    if (target instanceof Node && !this.querySelector(".menu")?.contains(target)) this.open = false;
  };
}
