/** The token that names this person's conversation; kept in this browser, shared by its tabs. */
import { type Api, ApiError, type Talk, type Ticket } from "./api.js";
import type { Store } from "./storage.js";

const TOKEN_KEY = "img-pathway.session";
const TURN_KEY = "img-pathway.turn";

interface Held extends Ticket {
  since: string;
}

/** What another tab did: began or ended the conversation, or went on with it. */
export type Elsewhere = "session" | "turn";

export class Session {
  constructor(
    private readonly api: Api,
    private readonly store: Store,
  ) {}

  get token(): string | null {
    return this.held?.token ?? null;
  }

  /** The conversation so far; null where there is none, or none any more. */
  async resume(): Promise<Talk | null> {
    const { token } = this;
    if (!token) return null;
    try {
      return await this.api.history(token);
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== "no_session") throw error;
      if (this.token === token) this.forget();
      return null;
    }
  }

  async begin(): Promise<Talk> {
    const { token, expires_at, ...talk } = await this.api.begin();
    this.keep({ token, expires_at });
    return talk;
  }

  /** Gets a new token when less than half of the old one's time is left. Failing is no harm: the old one still works. */
  async freshen(): Promise<void> {
    const { held } = this;
    if (!held) return;
    const [since, until] = [Date.parse(held.since), Date.parse(held.expires_at)];
    if (Date.now() < (since + until) / 2) return;
    try {
      const ticket = await this.api.refresh(held.token);
      if (this.token === held.token) this.keep(ticket);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  forget(): void {
    this.store.remove(TOKEN_KEY);
  }

  /** Tells other tabs that the conversation went on. */
  turned(exchange: string): void {
    this.store.set(TURN_KEY, exchange);
  }

  /** Storage events come only from other tabs. */
  watch(changed: (what: Elsewhere) => void): void {
    addEventListener("storage", ({ key, oldValue, newValue }) => {
      if (key === TURN_KEY) changed("turn");
      if (key === TOKEN_KEY && newValue && tokenIn(oldValue) !== tokenIn(newValue)) changed("session");
    });
  }

  private get held(): Held | null {
    return read(this.store.get(TOKEN_KEY));
  }

  private keep({ token, expires_at }: Ticket): void {
    const held: Held = { token, expires_at, since: new Date().toISOString() };
    this.store.set(TOKEN_KEY, JSON.stringify(held));
  }
}

function read(kept: string | null): Held | null {
  try {
    return kept ? (JSON.parse(kept) as Held) : null;
  } catch {
    return null;
  }
}

function tokenIn(kept: string | null): string | null {
  return read(kept)?.token ?? null;
}
