/** Our elements draw into the page itself: the frame keeps the host's styles out, and one style sheet also prints. */
import { LitElement } from "lit";

export abstract class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
