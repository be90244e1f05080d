/** Messages on their way: one at a time, in order, each with an id by which the server knows a repeat. */
import { ApiError, type Reason } from "./api.js";
import { persist } from "./persist.js";
import type { Store } from "./storage.js";

export interface Pending {
  readonly id: string;
  /** What the server gets: typed words or an option's payload. */
  readonly text: string;
  /** What the person sees of it. */
  readonly shown: string;
  /** When it was sent, in milliseconds: long ones get a word of comfort. */
  readonly since: number;
  state: "sending" | "waiting" | "failed";
  reason: Reason | null;
  /** What the server said of it. */
  said: string | null;
}

const KEY = "img-pathway.outbox";

export class Outbox {
  /** After a reload, what had not been answered is offered again. */
  messages: Pending[];
  private working = false;

  constructor(
    private readonly deliver: (message: Pending) => Promise<void>,
    private readonly listener: { changed(): void; failed(message: Pending): void },
    private readonly store: Store,
  ) {
    this.messages = readKept(store.get(KEY)).map(givenBack);
  }

  /** True while a message is on its way, so that no second answer to one question can be given. */
  get busy(): boolean {
    return this.messages.some((message) => message.state !== "failed");
  }

  add(text: string, shown: string): void {
    this.messages.push({ id: newId(), text, shown, since: Date.now(), state: "sending", reason: null, said: null });
    this.update();
    void this.work();
  }

  retry(id: string): void {
    this.messages = this.messages.map((message) =>
      message.id === id ? { ...message, since: Date.now(), state: "sending", reason: null, said: null } : message,
    );
    this.update();
    void this.work();
  }

  remove(id: string): void {
    this.messages = this.messages.filter((message) => message.id !== id);
    this.update();
  }

  clear(): void {
    this.messages = [];
    this.update();
  }

  /** What the server has answered, though we did not hear of it, is not offered again. */
  drop(answered: ReadonlySet<string>): void {
    this.messages = this.messages.filter(({ id }) => !answered.has(id));
    this.update();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let next = this.next(); next; next = this.next()) await this.settle(next);
    } finally {
      this.working = false;
    }
  }

  private next(): Pending | undefined {
    return this.messages.find((message) => message.state !== "failed");
  }

  private async settle(message: Pending): Promise<void> {
    try {
      await persist(
        () => {
          message.state = "sending";
          this.update();
          return this.deliver(message);
        },
        ({ reason }) => {
          message.state = "waiting";
          message.reason = reason;
          this.update();
        },
      );
      this.remove(message.id);
    } catch (error) {
      message.state = "failed";
      message.reason = error instanceof ApiError ? error.reason : "refused";
      message.said = error instanceof ApiError ? error.said : null;
      this.update();
      this.listener.failed(message);
      if (!(error instanceof ApiError)) throw error;
    }
  }

  private update(): void {
    if (this.messages.length) this.store.set(KEY, JSON.stringify(this.messages));
    else this.store.remove(KEY);
    this.listener.changed();
  }
}

function givenBack(message: Pending): Pending {
  return { ...message, state: "failed", reason: null, said: null };
}

function readKept(kept: string | null): Pending[] {
  try {
    return kept ? (JSON.parse(kept) as Pending[]) : [];
  } catch {
    return [];
  }
}

/** Pages without https have no `randomUUID`. */
function newId(): string {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");
}
