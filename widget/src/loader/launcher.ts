/** The launcher, the greeting and the window, in a shadow root that the host's styles do not reach. */
import {
  launcher_close as close,
  launcher_dismiss as dismiss,
  launcher_open as open,
  launcher_title as title,
  launcher_unread as unread,
} from "../../words/en.json";
import { Bridge, type LauncherWords, type ToApp, type ToHost } from "../bridge.js";
import { parseHex, type Rgb, textOn, toCss } from "../color.js";
import { followKeyboard } from "../viewport.js";
import { recall, remember } from "./memory.js";
import type { LoaderSettings } from "./settings.js";
import { applyStyle, PHONE } from "./style.js";

const CHAT = "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9.5h8M8 13h5";
const CLOSE = "M6 6l12 12M18 6L6 18";
const SVG = "http://www.w3.org/2000/svg";
const GREETING_AFTER_MS = 1_500;

export class Launcher {
  private readonly root = document.createElement("img-pathway");
  private readonly shadow = this.root.attachShadow({ mode: "open" });
  private readonly button = make("button", "launcher", { type: "button", "aria-expanded": "false" });
  private readonly panel = make("dialog", "panel");
  private readonly dot = make("span", "dot");
  private readonly phone = matchMedia(PHONE);
  private frame: HTMLIFrameElement | null = null;
  private bridge: Bridge<ToApp, ToHost> | null = null;
  private readonly dismisser = make("button", "greeting-close", { type: "button" });
  private greeting: HTMLElement | null = null;
  private words: LauncherWords = { title, open, close, unread, dismiss };
  private unread = false;
  private opener: HTMLElement = this.button;
  private overflow: string | null = null;
  private focusNext = true;

  constructor(private readonly settings: LoaderSettings) {}

  private get shown(): boolean {
    return this.panel.open;
  }

  start(): void {
    const { settings, shadow, button, panel, root } = this;
    applyStyle(shadow);
    const brand = parseHex(settings.color) as Rgb;
    root.style.setProperty("--brand", toCss(brand));
    root.style.setProperty("--on-brand", toCss(textOn(brand)));
    root.dataset["side"] = settings.side;
    button.append(drawing(CHAT, "when-closed"), drawing(CLOSE, "when-open"));
    if (settings.label) button.append(Object.assign(make("span", "label"), { textContent: settings.label }));
    button.append(this.dot);
    this.name();
    shadow.append(panel, button);
    document.body.append(root);
    this.listen();
    if (recall("sessionStorage", "open")) this.open(false);
    else this.greet();
  }

  open(focus = true): void {
    this.focusNext = focus;
    this.dismiss();
    this.load();
    if (!this.shown) this.show();
    this.button.setAttribute("aria-expanded", "true");
    this.unread = false;
    this.name();
    remember("sessionStorage", "open", true);
    if (focus) this.frame?.focus();
    this.bridge?.tell({ kind: "opened", focus });
  }

  close(): void {
    if (!this.shown) return;
    this.panel.close();
    this.lockPage(false);
    this.button.setAttribute("aria-expanded", "false");
    this.name();
    remember("sessionStorage", "open", false);
    this.opener.focus();
  }

  private listen(): void {
    const { button, panel, phone, settings } = this;
    button.addEventListener("click", () => (this.shown ? this.close() : this.openFrom(button)));
    button.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    for (const near of ["pointerenter", "focus", "touchstart"]) button.addEventListener(near, () => this.load(), { passive: true });
    panel.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    phone.addEventListener("change", () => this.shown && this.show());
    followKeyboard(panel, () => phone.matches && this.shown);
    if (settings.opens) document.addEventListener("click", (event) => this.onPageClick(event));
    whenIdle(() => this.load());
  }

  /** Buttons of the host that open the chat, also those that come later. */
  private onPageClick(event: Event): void {
    const opener = event.target instanceof Element ? event.target.closest<HTMLElement>(this.settings.opens) : null;
    if (!opener) return;
    event.preventDefault();
    this.openFrom(opener);
  }

  private openFrom(opener: HTMLElement): void {
    this.opener = opener;
    this.open();
  }

  /** A modal window covers the whole of a phone and keeps the page behind it out of reach; any other takes no focus. */
  private show(): void {
    const { panel, phone } = this;
    if (panel.open) panel.close();
    if (phone.matches) panel.showModal();
    else panel.open = true;
    this.lockPage(phone.matches);
  }

  private lockPage(on: boolean): void {
    const { style } = document.documentElement;
    if (on) {
      this.overflow ??= style.overflow;
      style.overflow = "hidden";
    } else if (this.overflow !== null) {
      style.overflow = this.overflow;
      this.overflow = null;
    }
  }

  /** The frame comes before it is needed, so that opening does not wait for it. */
  private load(): void {
    if (this.frame) return;
    const { app, color, language } = this.settings;
    const address = new URL(app);
    address.hash = new URLSearchParams({ color, language, host: location.origin }).toString();
    this.bridge = new Bridge<ToApp, ToHost>(() => this.frame?.contentWindow ?? null, app.origin, (said) => this.hear(said));
    this.frame = make("iframe", "frame", { referrerpolicy: "no-referrer", src: address.href });
    this.name();
    this.panel.append(this.frame);
  }

  private hear(said: ToHost): void {
    if (said.kind === "ready") {
      this.words = said.words;
      if (this.shown) this.bridge?.tell({ kind: "opened", focus: this.focusNext });
    }
    if (said.kind === "close") this.close();
    if (said.kind === "answered") this.unread = !this.shown;
    if (said.kind === "wide") this.panel.toggleAttribute("data-wide", said.on);
    this.name();
  }

  /** What everything is called: the button by what it does and, while the window is closed, by what is new. */
  private name(): void {
    const { words, unread, shown } = this;
    const closed = (this.settings.label || words.open) + (unread ? `, ${words.unread}` : "");
    label(this.button, shown ? words.close : closed);
    label(this.dismisser, words.dismiss);
    label(this.panel, words.title);
    if (this.frame) this.frame.title = words.title;
    this.dot.hidden = !unread;
  }

  private greet(): void {
    const { greeting } = this.settings;
    if (!greeting || recall("localStorage", "greeted")) return;
    const text = make("button", "greeting-text", { type: "button" });
    text.textContent = greeting;
    text.addEventListener("click", () => this.openFrom(this.button));
    this.dismisser.append(drawing(CLOSE));
    this.dismisser.addEventListener("click", () => {
      this.dismiss();
      this.button.focus();
    });
    const bubble = make("div", "greeting");
    bubble.append(text, this.dismisser);
    this.greeting = bubble;
    setTimeout(() => this.greeting && this.button.before(bubble), GREETING_AFTER_MS);
  }

  private dismiss(): void {
    if (!this.greeting) return;
    this.greeting.remove();
    this.greeting = null;
    remember("localStorage", "greeted", true);
  }
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, part: string, attributes: Record<string, string> = {}): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries({ part, class: part, ...attributes })) element.setAttribute(name, value);
  return element;
}

function label(element: HTMLElement, words: string): void {
  element.setAttribute("aria-label", words);
}

function drawing(path: string, name = ""): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: name, "aria-hidden": "true" })) svg.setAttribute(key, value);
  svg.append(line);
  return svg;
}

/** Not on connections that are asked to save data. */
function whenIdle(work: () => void): void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  const idle = window.requestIdleCallback ?? ((later: () => void) => setTimeout(later, 1_000));
  const start = (): void => void idle(() => work());
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}
