/** Small things to remember; where the browser refuses, they are forgotten. */
export function recall(storage: "localStorage" | "sessionStorage", key: string): boolean {
  try {
    return window[storage].getItem(`img-pathway.${key}`) === "1";
  } catch {
    return false;
  }
}

export function remember(storage: "localStorage" | "sessionStorage", key: string, on: boolean): void {
  try {
    if (on) window[storage].setItem(`img-pathway.${key}`, "1");
    else window[storage].removeItem(`img-pathway.${key}`);
  } catch {
    // Nothing depends on it.
  }
}
