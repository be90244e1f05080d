/** Asking again, patiently but not for ever. */
import { ApiError } from "./api.js";

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Runs `ask` until it answers; throws the last ApiError when there is no sense in going on.
 * Time without a network does not count: it may be a train in a tunnel.
 */
export async function persist<T>(ask: () => Promise<T>, onTrouble: (error: ApiError) => void): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError) || !error.passing) throw error;
      if (error.reason === "offline") {
        onTrouble(error);
        await backOnline();
        attempt = 0;
        continue;
      }
      const pause = pauseAfter(attempt, error.retryAfter);
      if (attempt >= ATTEMPTS || pause > LONGEST_PAUSE_MS) throw error;
      onTrouble(error);
      await wait(pause);
    }
  }
}

/** Doubling, with up to half of it again at random, so that not everybody comes back in the same second. */
export function pauseAfter(attempt: number, retryAfter: number | null): number {
  const pause = retryAfter ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
  return pause + (Math.random() * Math.min(pause, 2 * FIRST_PAUSE_MS)) / 2;
}

export function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function backOnline(): Promise<void> {
  return new Promise((done) => {
    if (navigator.onLine) done();
    else addEventListener("online", () => done(), { once: true });
  });
}
