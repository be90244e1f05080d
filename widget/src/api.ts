/** The bot's server over plain HTTP; every failure is an ApiError with a reason. */
import type { Reply } from "./reply.js";

export interface Exchange {
  id: string;
  text: string;
  at: string;
  replies: Reply[];
  /** The payload of the option that the message took of what was shown before it. */
  took: string | null;
}

export interface Talk {
  welcome: Reply;
  history: Exchange[];
}

export interface Ticket {
  token: string;
  expires_at: string;
}

export type Reason = "offline" | "unreachable" | "unavailable" | "closed" | "too_many" | "no_session" | "too_long" | "refused";

/** Reasons that go away by themselves, so that it is worth asking again. */
const PASSING: readonly Reason[] = ["offline", "unreachable", "unavailable", "too_many"];

export class ApiError extends Error {
  constructor(
    readonly reason: Reason,
    readonly retryAfter: number | null = null,
    /** A sentence of the server for the person. */
    readonly said: string | null = null,
  ) {
    super(reason);
  }

  get passing(): boolean {
    return PASSING.includes(this.reason);
  }
}

type Method = "GET" | "POST" | "DELETE";

const TIMEOUT_MS = 25_000;

export class Api {
  /** `base` is the folder of the page, so that the bot may live under any path. */
  constructor(private readonly base: URL) {}

  begin(): Promise<Ticket & Talk> {
    return this.json("POST", "sessions", null, {});
  }

  refresh(token: string): Promise<Ticket> {
    return this.json("POST", "sessions/refresh", token, {});
  }

  history(token: string): Promise<Talk> {
    return this.json("GET", "history", token);
  }

  send(token: string, id: string, text: string): Promise<Exchange> {
    return this.json("POST", "messages", token, { id, text });
  }

  remove(token: string): Promise<{ deleted: boolean }> {
    return this.json("DELETE", "session", token);
  }

  transcript(token: string, format: "text" | "html"): Promise<Blob> {
    return this.call("GET", `transcript?format=${format}`, token, undefined, (response) => response.blob());
  }

  private json<T>(method: Method, path: string, token: string | null, body?: object): Promise<T> {
    return this.call(method, path, token, body, (response) => response.json() as Promise<T>);
  }

  /** The time limit holds for the body too: a connection can die half way. */
  private async call<T>(
    method: Method,
    path: string,
    token: string | null,
    body: object | undefined,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    if (!navigator.onLine) throw new ApiError("offline");
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(new URL(path, this.base), {
        method,
        headers: headers(token, body),
        signal: limit.signal,
        cache: "no-store",
        credentials: "omit",
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw await refusal(response);
      return await read(response);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new ApiError(navigator.onLine ? "unreachable" : "offline");
    } finally {
      clearTimeout(timer);
    }
  }
}

function headers(token: string | null, body: object | undefined): HeadersInit {
  return {
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(body && { "Content-Type": "application/json" }),
  };
}

async function refusal(response: Response): Promise<ApiError> {
  const { code, message } = await problem(response);
  if (code === "closed") return new ApiError("closed", null, message ?? null);
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return new ApiError(reasonOf(response.status), Number.isNaN(seconds) ? null : seconds * 1000);
}

/** What the server says is wrong; nothing where something before it answered. */
async function problem(response: Response): Promise<{ code?: string; message?: string }> {
  try {
    return ((await response.json()) as { error?: object }).error ?? {};
  } catch {
    return {};
  }
}

function reasonOf(status: number): Reason {
  if (status === 401) return "no_session";
  if (status === 413) return "too_long";
  if (status === 429) return "too_many";
  return status >= 500 ? "unavailable" : "refused";
}
