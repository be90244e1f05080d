/** What the bot understands besides words that people type. These are its words, not the interface's: do not translate. */
export const COMMANDS = {
  back: "back",
  answers: "my answers",
  leave: "stop",
  startOver: "start over",
  helped: "helped:yes",
  notHelped: "helped:no",
  deleteAll: "delete:all",
} as const;
