/** The chat as one element: it draws the conversation and passes on what the person does. */
import { html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { Announcer } from "./announcer.js";
import { Api, ApiError, type Exchange } from "./api.js";
import { COMMANDS } from "./commands.js";
import { Conversation } from "./conversation.js";
import { Follower } from "./follower.js";
import { Frame, settings } from "./frame.js";
import * as icons from "./icons.js";
import { type Organization, organizationOf } from "./organization.js";
import { unfoldForPrint } from "./printing.js";
import { saveFile } from "./saving.js";
import { Session } from "./session.js";
import { spoken } from "./spoken.js";
import { openStore } from "./storage.js";
import { paint } from "./theme.js";
import { followKeyboard } from "./viewport.js";
import { banner } from "./view/banner.js";
import type { Composer } from "./view/composer.js";
import type { Confirm } from "./view/confirm.js";
import { PageElement } from "./view/element.js";
import { deliveryWords, type PendingActions } from "./view/exchange.js";
import type { MenuItem } from "./view/header.js";
import type { Actions } from "./view/reply.js";
import { LONG_MS, transcript } from "./view/transcript.js";
import { unreachable } from "./view/unreachable.js";
import { type Key, say } from "./words.js";
import "./view/composer.js";
import "./view/confirm.js";
import "./view/header.js";

export class Chat extends PageElement {
  /** The answer that came while the person was reading further up. */
  @state() private unseen: string | null = null;
  @state() private wide = false;
  @query("[role=log]") private log!: HTMLElement | null;
  @query(".announcer") private region!: HTMLElement | null;
  @query("h1") private heading!: HTMLElement | null;
  @query("img-pathway-composer") private composer!: Composer | null;
  @query("img-pathway-confirm") private confirm!: Confirm;

  private readonly organization: Organization = organizationOf(this);
  private readonly conversation: Conversation;
  private readonly frame: Frame;
  private readonly follower = new Follower(() => this.log);
  private readonly announcer = new Announcer(() => this.region);
  private readonly actions: Actions & PendingActions = {
    send: (text, shown) => this.send(text, shown),
    print: () => print(),
    retry: (id) => {
      this.conversation.outbox.retry(id);
      this.comfortLater();
    },
    remove: (id) => this.conversation.outbox.remove(id),
  };
  private readonly write = (text: string): void => this.send(text, text);
  private hadFocus = false;

  constructor() {
    super();
    const { color, host } = settings();
    const api = new Api(new URL(".", location.href));
    const session = new Session(api, openStore("localStorage"));
    paint(document.documentElement, color);
    this.conversation = new Conversation(api, session, openStore("sessionStorage"), {
      changed: () => this.requestUpdate(),
      answered: (exchange) => void this.answered(exchange),
      failed: (message) => this.announcer.announce(deliveryWords(message)),
      noted: (note) => this.announcer.announce(this.noteWords(note)),
    });
    this.frame = new Frame(host, (focus) => void this.opened(focus));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("online", () => this.requestUpdate());
    addEventListener("offline", () => this.requestUpdate());
    this.addEventListener("keydown", (event) => this.onKey(event));
    unfoldForPrint(this);
    if (!this.frame.framed) followKeyboard(this, () => true);
    this.frame.start();
  }

  override render(): TemplateResult {
    const { organization, conversation, frame } = this;
    return html`<img-pathway-header
        .organization=${organization}
        .items=${this.menu()}
        .framed=${frame.framed}
        .wide=${this.wide}
        .widen=${this.widen}
        .shut=${() => frame.close()}
      ></img-pathway-header>
      <main>
        ${banner(conversation, organization.email)}
        <div
          class="log"
          role="log"
          aria-live="off"
          aria-label=${say("conversation")}
          tabindex="0"
          @scroll=${() => this.follower.onScroll()}
        >
          <div class="sheet">
            ${conversation.givenUp && !conversation.welcome
              ? unreachable(organization, conversation.closed, () => void this.begin())
              : transcript(organization, conversation, this.actions)}
          </div>
        </div>
        ${this.unseen
          ? html`<button type="button" class="new-answer" @click=${this.showUnseen}>${say("new_answer")} ${icons.down}</button>`
          : nothing}
        <img-pathway-composer .submit=${this.write}></img-pathway-composer>
      </main>
      <div class="announcer sr" aria-live="polite" aria-atomic="true"></div>
      <img-pathway-confirm></img-pathway-confirm>`;
  }

  protected override willUpdate(): void {
    this.hadFocus = this.contains(document.activeElement);
  }

  /** A button that goes away while it has the focus leaves the keyboard in the transcript, not nowhere. */
  protected override updated(): void {
    if (this.hadFocus && !this.contains(document.activeElement)) this.log?.focus({ preventScroll: true });
  }

  private menu(): MenuItem[] {
    return [
      { icon: icons.list, words: say("menu_answers"), run: () => this.send(COMMANDS.answers, say("menu_answers")) },
      { icon: icons.again, words: say("menu_start_again"), run: () => void this.startAgain() },
      { icon: icons.save, words: say("menu_text"), run: () => void this.save("text", "txt") },
      { icon: icons.save, words: say("menu_html"), run: () => void this.save("html", "html") },
      { icon: icons.print, words: say("menu_print"), run: () => print() },
      { icon: icons.trash, words: say("menu_delete"), run: () => void this.deleteAll() },
    ];
  }

  /** The window was opened: by the person, or again by itself after a reload, which must not take the keyboard. */
  private async opened(focus: boolean): Promise<void> {
    await this.updateComplete;
    if (focus) this.takeFocus();
    if (!this.conversation.welcome) await this.begin();
    else this.showLast();
  }

  private async begin(): Promise<void> {
    await this.conversation.open();
    await this.updateComplete;
    this.showLast();
  }

  /** On a phone the keyboard would come up with the field, so the title gets the focus there. */
  private takeFocus(): void {
    if (matchMedia("(pointer: fine)").matches) this.composer?.take();
    else this.heading?.focus();
  }

  private showLast(): void {
    if (this.conversation.exchanges.length) this.follower.toStartOf(this.answers.at(-1), "instant");
    else this.log?.scrollTo({ top: 0, behavior: "instant" });
  }

  private get answers(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".answer")];
  }

  private send(text: string, shown: string): void {
    if (this.conversation.deletesAll(text)) {
      void this.deleteAll();
      return;
    }
    this.unseen = null;
    this.conversation.send(text, shown);
    if (text !== shown) this.announcer.announce(say("chosen_said", { choice: shown }));
    this.comfortLater();
    void this.updateComplete.then(() => this.follower.toEnd());
  }

  private comfortLater(): void {
    setTimeout(() => this.requestUpdate(), LONG_MS);
  }

  private async answered({ id, replies }: Exchange): Promise<void> {
    const { following } = this.follower;
    this.frame.answered();
    this.requestUpdate();
    this.announcer.announce(spoken(replies));
    await this.updateComplete;
    if (following) this.follower.toStartOf(this.answers.at(-1));
    else this.unseen = id;
  }

  private readonly showUnseen = (): void => {
    const answer = this.answers.find(({ dataset }) => dataset["answer"] === this.unseen);
    this.unseen = null;
    this.follower.toStartOf(answer);
    answer?.focus({ preventScroll: true });
  };

  /** The bot itself starts the quiz over; outside the quiz a new conversation is begun. */
  private async startAgain(): Promise<void> {
    if (this.conversation.quizOpen) {
      this.send(COMMANDS.startOver, say("menu_start_again"));
      return;
    }
    if (await this.asks("confirm_new_title", "confirm_new_text", "confirm_new_yes")) {
      await this.attempt("start_failed", () => this.renew(() => this.conversation.beginNew()));
    }
  }

  private async deleteAll(): Promise<void> {
    if (await this.asks("confirm_delete_title", "confirm_delete_text", "confirm_delete_yes")) {
      await this.attempt("delete_failed", () => this.renew(() => this.conversation.deleteAll()));
    }
  }

  /** A new conversation is shown from its beginning. */
  private async renew(begin: () => Promise<void>): Promise<void> {
    await begin();
    await this.updateComplete;
    this.showLast();
  }

  private save(format: "text" | "html", ending: string): Promise<void> {
    return this.attempt("save_failed", async () => saveFile(await this.conversation.transcript(format), `img-pathway.${ending}`));
  }

  private asks(title: Key, text: Key, yes: Key): Promise<boolean> {
    return this.confirm.ask({ title: say(title), text: say(text), yes: say(yes) });
  }

  private async attempt(failure: Key, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.conversation.say(failure);
    }
  }

  private readonly widen = (on: boolean): void => {
    this.wide = on;
    this.frame.widen(on);
  };

  private noteWords(note: Key): string {
    return say(note, { email: this.organization.email });
  }

  /** Esc closes the window, unless it was meant for something smaller that is open in it. */
  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (!this.querySelector("dialog[open]")) this.frame.close();
  }
}
