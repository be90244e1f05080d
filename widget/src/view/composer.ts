/** Where the person writes. Enter sends; Shift and Enter begins a new line. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import * as icons from "../icons.js";
import { say } from "../words.js";
import { PageElement } from "./element.js";

export const LONGEST = 1000;
const NEAR = 150;

@customElement("img-pathway-composer")
export class Composer extends PageElement {
  @property({ attribute: false }) submit: (text: string) => void = () => {};
  @state() private text = "";
  @query("textarea") private field!: HTMLTextAreaElement | null;

  take(): void {
    this.field?.focus();
  }

  override render(): TemplateResult {
    const left = LONGEST - this.text.trim().length;
    return html`<form class="composer" @submit=${this.onSubmit}>
      <div class="composer-row">
        <textarea
          rows="1"
          dir="auto"
          enterkeyhint="send"
          autocomplete="off"
          aria-label=${say("write")}
          placeholder=${say("write")}
          aria-describedby=${left <= NEAR ? "characters" : nothing}
          aria-invalid=${left < 0 ? "true" : nothing}
          .value=${this.text}
          @input=${this.onInput}
          @keydown=${this.onKey}
        ></textarea>
        <button type="submit" class="send" aria-label=${say("send")} aria-disabled=${this.sendable ? nothing : "true"}>
          ${icons.send}
        </button>
      </div>
      <p id="characters" class="characters" role="status" ?hidden=${left > NEAR}>${left > NEAR ? nothing : counted(left)}</p>
    </form>`;
  }

  protected override updated(): void {
    this.grow();
  }

  private get sendable(): boolean {
    const { length } = this.text.trim();
    return length > 0 && length <= LONGEST;
  }

  private onInput(): void {
    this.text = this.field?.value ?? "";
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.onSubmit(event);
  }

  private onSubmit(event: Event): void {
    event.preventDefault();
    if (!this.sendable) return;
    const text = this.text.trim();
    this.text = "";
    this.submit(text);
  }

  /** As high as its text; the style sheet sets the limit. */
  private grow(): void {
    const { field } = this;
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  }
}

function counted(left: number): string {
  return left < 0 ? say("characters_over", { count: -left }) : say("characters_left", { count: left });
}
