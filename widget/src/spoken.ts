/** What is said of a reply to ears: the words, and how much else there is to find. */
import { plain } from "./markdown.js";
import type { Reply } from "./reply.js";
import { say } from "./words.js";

export function spoken(replies: readonly Reply[]): string {
  return replies.flatMap(sentences).join(" ");
}

function sentences({ text, sections, plan, table, progress, options, answers }: Reply): string[] {
  return [
    ...(progress ? [`${say("question_progress", { ...progress })}.`] : []),
    ...text.map(plain),
    ...(sections.length || plan.length ? [`${say("result_title")}: ${sections.map(({ title }) => title).join(", ")}.`] : []),
    ...(table ? [`${say("table_title")}: ${table.columns.join(", ")}.`] : []),
    ...answers.map(({ name, answer }) => `${name}: ${answer}.`),
    ...(options.length ? [say("choices_count", { count: options.length })] : []),
  ];
}
