/** The browser's storage, or memory where the browser refuses it (private windows, blocked third parties). */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export function openStore(kind: "localStorage" | "sessionStorage"): Store {
  try {
    const storage = window[kind];
    storage.setItem("img-pathway.probe", "1");
    storage.removeItem("img-pathway.probe");
    return {
      get: (key) => storage.getItem(key),
      set: (key, value) => storage.setItem(key, value),
      remove: (key) => storage.removeItem(key),
    };
  } catch {
    return inMemory();
  }
}

function inMemory(): Store {
  const held = new Map<string, string>();
  return {
    get: (key) => held.get(key) ?? null,
    set: (key, value) => void held.set(key, value),
    remove: (key) => void held.delete(key),
  };
}
