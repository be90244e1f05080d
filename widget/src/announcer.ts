/** Says things to screen readers, in a live region apart from the transcript so that nothing is read twice. */
const DELAY_MS = 250;
/** Long since on its way to the ears; left in the page, it would be found there as a second copy of the answer. */
const FORGET_MS = 5_000;

export class Announcer {
  private waiting: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The region stays in the page all the time: one that comes with its text is not read. */
  constructor(private readonly region: () => HTMLElement | null) {}

  /** Plain text only. What is said within the delay is read in one go. */
  announce(text: string): void {
    this.waiting.push(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), DELAY_MS);
  }

  private flush(): void {
    const region = this.region();
    if (!region) return;
    const line = document.createElement("p");
    line.textContent = this.waiting.join(" ");
    region.replaceChildren(line);
    this.waiting = [];
    setTimeout(() => line.remove(), FORGET_MS);
  }
}
