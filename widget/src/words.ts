/** Every word of the interface, in one file per language; what a language lacks is said in English. */
import en from "../words/en.json";

export type Key = keyof typeof en;
type Words = Readonly<Record<Key, string>>;

/** Language to file, written in by the build. */
declare const WORD_FILES: Readonly<Record<string, string>>;

let words: Words = en;

export function say(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return words[key].replace(/\{(\w+)\}/g, (whole, name: string) => isolated(String(values[name] ?? whole)));
}

/** English put into a sentence that runs the other way keeps its own order. */
function isolated(value: string): string {
  return words.direction === "rtl" ? `\u2068${value}\u2069` : value;
}

/** Nobody waits longer than this for words that English ones can stand in for. */
const PATIENCE_MS = 4_000;

/** Sets the language of the page; an unknown one, or one that cannot be fetched in time, leaves English. */
export async function speak(language: string): Promise<void> {
  const file = WORD_FILES[language] ?? WORD_FILES[language.split("-")[0] ?? ""];
  if (!file) return;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE_MS);
  try {
    const response = await fetch(new URL(file, import.meta.url), { signal: limit.signal });
    if (!response.ok) return;
    words = { ...en, ...((await response.json()) as Partial<Words>) };
    document.documentElement.lang = language;
    document.documentElement.dir = words.direction;
  } catch {
    // English is better than nothing.
  } finally {
    clearTimeout(timer);
  }
}
