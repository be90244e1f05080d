/** What the host's page says in the attributes of the script. */
import { DEFAULT_BRAND, parseHex } from "../color.js";

/** The launcher's few words in every language, written in by the build. */
declare const LAUNCHER_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface LoaderSettings {
  /** The folder of the app: beside the script, wherever that is. */
  app: URL;
  color: string;
  side: "left" | "right";
  language: string;
  greeting: string;
  opens: string;
  label: string;
  say(key: string): string;
}

export function readSettings(script: HTMLScriptElement): LoaderSettings {
  const { color, side, language = "en", greeting = "", open = "", label = "" } = script.dataset;
  const words = { ...LAUNCHER_WORDS["en"], ...(LAUNCHER_WORDS[language] ?? LAUNCHER_WORDS[language.split("-")[0] ?? ""]) };
  return {
    app: new URL("chat/", script.src),
    color: color && parseHex(color) ? color : DEFAULT_BRAND,
    side: side === "left" ? "left" : "right",
    language,
    greeting,
    opens: open,
    label,
    say: (key) => words[`launcher_${key}`] ?? "",
  };
}
