/** What the page of the host and the app in the frame say to each other. No word of the conversation passes here. */
export type ToApp = { kind: "opened"; focus: boolean };
export type ToHost =
  | { kind: "ready"; words: LauncherWords }
  | { kind: "close" }
  | { kind: "answered" }
  | { kind: "wide"; on: boolean };

/** The launcher knows English; its words in other languages come from the app, which fetches them anyway. */
export interface LauncherWords {
  title: string;
  open: string;
  close: string;
  unread: string;
  dismiss: string;
}

const APP = "img-pathway";

interface Envelope<T> {
  app: typeof APP;
  body: T;
}

/** A line to exactly one window of exactly one origin; all else that comes is ignored. */
export class Bridge<Out, In> {
  constructor(
    private readonly other: () => Window | null,
    private readonly origin: string,
    private readonly hear: (message: In) => void,
  ) {
    addEventListener("message", (event) => this.receive(event));
  }

  tell(body: Out): void {
    const envelope: Envelope<Out> = { app: APP, body };
    this.other()?.postMessage(envelope, this.origin);
  }

  private receive({ source, origin, data }: MessageEvent<Envelope<In> | null>): void {
    if (origin !== this.origin || source === null || source !== this.other()) return;
    if (typeof data !== "object" || data?.app !== APP) return;
    this.hear(data.body);
  }
}
