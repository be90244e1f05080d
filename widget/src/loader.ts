/** The one script of the host's page: a launcher, and a window with the chat in a frame. */
import { Launcher } from "./loader/launcher.js";
import { readSettings } from "./loader/settings.js";

declare global {
  interface Window {
    imgPathway?: { open(): void; close(): void };
  }
}

const script = document.currentScript;

/** Two copies of the line on one page must not give two launchers. */
if (!window.imgPathway && script instanceof HTMLScriptElement) {
  const launcher = new Launcher(readSettings(script));
  window.imgPathway = { open: () => launcher.open(), close: () => launcher.close() };
  if (document.body) launcher.start();
  else addEventListener("DOMContentLoaded", () => launcher.start(), { once: true });
}
