/** The frame in which the app may live: what the loader wrote behind the # of its address, and the line back to it. */
import { Bridge, type LauncherWords, type ToApp, type ToHost } from "./bridge.js";
import { say } from "./words.js";

export interface Settings {
  color: string | null;
  language: string;
  /** The origin of the page that holds the frame; null where the app is a page of its own. */
  host: string | null;
}

export function settings(): Settings {
  const given = new URLSearchParams(location.hash.slice(1));
  return {
    color: given.get("color"),
    language: given.get("language") ?? "en",
    host: window.parent === window ? null : originOf(given.get("host")),
  };
}

export class Frame {
  private readonly bridge: Bridge<ToHost, ToApp> | null;

  constructor(
    host: string | null,
    private readonly opened: (focus: boolean) => void,
  ) {
    this.bridge = host === null ? null : new Bridge<ToHost, ToApp>(() => window.parent, host, (said) => this.hear(said));
  }

  /** True where there is a window to close. */
  get framed(): boolean {
    return this.bridge !== null;
  }

  start(): void {
    if (this.bridge) this.bridge.tell({ kind: "ready", words: launcherWords() });
    else this.opened(true);
  }

  close(): void {
    this.bridge?.tell({ kind: "close" });
  }

  widen(on: boolean): void {
    this.bridge?.tell({ kind: "wide", on });
  }

  /** An answer came. Whether it is seen, the launcher knows: it opens and closes the window. */
  answered(): void {
    this.bridge?.tell({ kind: "answered" });
  }

  private hear({ kind, focus }: ToApp): void {
    if (kind === "opened") this.opened(focus);
  }
}

function launcherWords(): LauncherWords {
  return {
    title: say("launcher_title"),
    open: say("launcher_open"),
    close: say("launcher_close"),
    unread: say("launcher_unread"),
    dismiss: say("launcher_dismiss"),
  };
}

function originOf(text: string | null): string | null {
  try {
    return new URL(text ?? "").origin;
  } catch {
    return null;
  }
}
