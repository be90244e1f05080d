/** Where the transcript stands: it goes to the start of a new answer, unless the person has scrolled up to read. */
const NEAR_PX = 48;
const AWAY_PX = 120;

export class Follower {
  following = true;
  private last = 0;

  constructor(private readonly log: () => HTMLElement | null) {}

  /** Only going up counts as leaving: a long answer leaves the end out of sight by itself. */
  onScroll(): void {
    const log = this.log();
    if (!log) return;
    const { scrollTop, scrollHeight, clientHeight } = log;
    const hidden = scrollHeight - clientHeight - scrollTop;
    if (hidden < NEAR_PX) this.following = true;
    else if (scrollTop < this.last && hidden > AWAY_PX) this.following = false;
    this.last = scrollTop;
  }

  toEnd(): void {
    this.following = true;
    const log = this.log();
    log?.scrollTo({ top: log.scrollHeight });
  }

  toStartOf(answer: Element | null | undefined, behavior: ScrollBehavior = "auto"): void {
    const log = this.log();
    if (!log || !answer) return;
    const margin = Number.parseFloat(getComputedStyle(answer).scrollMarginTop);
    const top = log.scrollTop + answer.getBoundingClientRect().top - log.getBoundingClientRect().top - margin;
    this.following = true;
    log.scrollTo({ top, behavior });
  }
}
