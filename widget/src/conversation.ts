/** The conversation as the page shows it: what was said, what is on its way, what is wrong. */
import { type Api, ApiError, type Exchange, type Reason, type Talk } from "./api.js";
import { COMMANDS } from "./commands.js";
import { Outbox, type Pending } from "./outbox.js";
import { persist } from "./persist.js";
import type { Option, Reply } from "./reply.js";
import type { Session } from "./session.js";
import type { Store } from "./storage.js";
import type { Key } from "./words.js";

/** What the page wants to know beyond "something changed". */
export interface Listener {
  changed(): void;
  answered(exchange: Exchange): void;
  /** A message could not be sent for good. */
  failed(message: Pending): void;
  noted(note: Key): void;
}

export class Conversation {
  welcome: Reply | null = null;
  exchanges: Exchange[] = [];
  /** What keeps us from the server just now. */
  trouble: Reason | null = null;
  /** We gave up opening the conversation; the person can try again. */
  givenUp = false;
  /** What the server says where it is closed. */
  closed: string | null = null;
  note: Key | null = null;
  readonly outbox: Outbox;
  private opening: Promise<void> | null = null;
  private asking = 0;

  constructor(
    private readonly api: Api,
    private readonly session: Session,
    tabStore: Store,
    private readonly listener: Listener,
  ) {
    this.outbox = new Outbox((message) => this.deliver(message), listener, tabStore);
    session.watch((what) => void (what === "turn" ? this.catchUp() : this.open()));
  }

  get quizOpen(): boolean {
    return this.lastReplies.some((reply) => reply.progress);
  }

  /** Still at it, so that it makes sense to say "we keep trying". */
  get trying(): boolean {
    return this.asking > 0 || this.outbox.busy;
  }

  /** The option of the last replies that a message on its way takes. */
  get underway(): Option | undefined {
    const next = this.outbox.messages.find(({ state }) => state !== "failed");
    return next && takenOption(this.lastReplies, next.text);
  }

  /** Whether a message takes the option to delete everything that is kept: by click, label or number. */
  deletesAll(text: string): boolean {
    const numbered = this.lastReplies.flatMap(({ options }) => options)[Number(text) - 1];
    return text === COMMANDS.deleteAll || (takenOption(this.lastReplies, text) ?? numbered)?.payload === COMMANDS.deleteAll;
  }

  get lastReplies(): readonly Reply[] {
    return this.exchanges.at(-1)?.replies ?? (this.welcome ? [this.welcome] : []);
  }

  /** Goes on with the conversation that this browser knows, or begins one. */
  open(): Promise<void> {
    this.opening ??= this.reopen().finally(() => (this.opening = null));
    return this.opening;
  }

  send(text: string, shown = text): void {
    this.note = null;
    this.outbox.add(text, shown);
  }

  /** Leaves this conversation for a new one. */
  async beginNew(): Promise<void> {
    this.outbox.clear();
    this.show(await this.patiently(() => this.session.begin()));
    this.say("note_new");
  }

  /** Deletes everything on the server first; only then is it forgotten here. */
  async deleteAll(): Promise<void> {
    const { token } = this.session;
    if (token) await this.api.remove(token).catch(ignoreEnded);
    this.session.forget();
    this.outbox.clear();
    [this.welcome, this.exchanges] = [null, []];
    await this.open();
    this.say("note_deleted");
  }

  /** A sentence for the person, apart from the conversation; it goes with the next message. */
  say(note: Key): void {
    this.note = note;
    this.listener.noted(note);
    this.listener.changed();
  }

  transcript(format: "text" | "html"): Promise<Blob> {
    return this.api.transcript(this.session.token ?? "", format);
  }

  private async reopen(): Promise<void> {
    this.givenUp = false;
    this.closed = null;
    const known = this.session.token !== null;
    try {
      const talk = await this.patiently(() => this.session.resume());
      this.show(talk ?? (await this.patiently(() => this.session.begin())));
      if (known && !talk) this.say("note_ended");
      void this.session.freshen();
    } catch (error) {
      this.givenUp = true;
      if (!(error instanceof ApiError)) throw error;
      this.closed = error.said;
    } finally {
      this.listener.changed();
    }
  }

  /** People may write before the conversation is open; the message waits for it. */
  private async deliver(message: Pending): Promise<void> {
    if (!this.welcome) await this.open();
    if (!this.welcome) throw new ApiError(this.closed ? "closed" : "refused", null, this.closed);
    const { token } = this.session;
    try {
      const exchange = await this.api.send(token ?? "", message.id, message.text);
      this.trouble = null;
      if (token !== this.session.token || this.exchanges.some(({ id }) => id === exchange.id)) return;
      this.exchanges = [...this.exchanges, exchange];
      this.listener.answered(exchange);
      this.session.turned(exchange.id);
      void this.session.freshen();
    } catch (error) {
      if (error instanceof ApiError) {
        this.trouble = error.passing ? error.reason : null;
        if (error.reason === "no_session") void this.open();
      }
      throw error;
    }
  }

  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    this.asking += 1;
    try {
      const answer = await persist(ask, ({ reason }) => {
        this.trouble = reason;
        this.listener.changed();
      });
      this.trouble = null;
      return answer;
    } finally {
      this.asking -= 1;
      this.listener.changed();
    }
  }

  /** Another tab went on with the conversation. Failing is no harm: the next turn brings all. */
  private async catchUp(): Promise<void> {
    try {
      const talk = await this.session.resume();
      if (talk) this.show(talk);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  private show({ welcome, history }: Talk): void {
    this.welcome = welcome;
    this.exchanges = history;
    this.note = null;
    this.outbox.drop(new Set(history.map(({ id }) => id)));
    this.listener.changed();
  }
}

/** The option that a message takes: by payload, or by label. Numbers are the server's to read: some are answers. */
export function takenOption(replies: readonly Reply[], text: string): Option | undefined {
  const said = text.toLowerCase();
  return replies.flatMap((reply) => reply.options).find(({ label, payload }) => payload === text || label.toLowerCase() === said);
}

function ignoreEnded(error: unknown): void {
  if (!(error instanceof ApiError) || error.reason !== "no_session") throw error;
}
