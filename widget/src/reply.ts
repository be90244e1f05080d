/** What the bot says in one turn. Made from reply.schema.json by `npm run types`; do not edit. */

/**
 * What the bot says in one turn.
 */
export interface Reply {
  text: string[];
  options: Option[];
  table: Table | null;
  progress: Progress | null;
  why: string | null;
  answers: Given[];
  sections: Section[];
  plan: PlanStep[];
  closing: string[];
  sources: Cited[];
  asks_if_helped: boolean;
  basis: string[];
}
/**
 * One thing to click or type: `payload` is the command that a click sends, `basis` the id of what it leads to.
 */
export interface Option {
  label: string;
  payload: string;
  basis: string;
}
/**
 * A comparison: `columns` head the cells of each row.
 */
export interface Table {
  columns: string[];
  rows: [string, string[]][];
}
/**
 * Where the quiz is: question `number` of about `total`.
 */
export interface Progress {
  number: number;
  total: number;
}
/**
 * An answer that was given in the quiz; `change` is the message that asks its question again.
 */
export interface Given {
  name: string;
  answer: string;
  change: string;
}
/**
 * Verdicts of one kind, under a title of the result card.
 */
export interface Section {
  kind: "can_now" | "not_yet" | "not_open" | "good_to_know" | "depends";
  title: string;
  items: Verdict[];
}
/**
 * What is decided of one thing to be eligible for; `notes` say what is missing or would change it.
 */
export interface Verdict {
  name: string;
  says: string;
  notes: string[];
}
/**
 * One step of a plan, with how long it lasts where that is known.
 */
export interface PlanStep {
  text: string;
  state: "done" | "here" | "ahead" | "unknown";
  takes: string | null;
}
/**
 * A source under an answer, with the date of what it says.
 */
export interface Cited {
  title: string;
  url: string;
  as_of: string;
}
