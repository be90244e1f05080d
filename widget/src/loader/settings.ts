/** What the host's page says in the attributes of the script. */
import { DEFAULT_BRAND, parseHex } from "../color.js";

export interface LoaderSettings {
  /** The folder of the app: beside the script, wherever that is. */
  app: URL;
  color: string;
  side: "left" | "right";
  language: string;
  greeting: string;
  opens: string;
  label: string;
}

export function readSettings(script: HTMLScriptElement): LoaderSettings {
  const { color, side, language = "en", greeting = "", open = "", label = "" } = script.dataset;
  return {
    app: new URL("chat/", script.src),
    color: color && parseHex(color) ? color : DEFAULT_BRAND,
    side: side === "left" ? "left" : "right",
    language,
    greeting,
    opens: open,
    label,
  };
}
