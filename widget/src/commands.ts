/** Commands that the bot understands besides words that people type, made of ids: there is nothing to translate. */
export const COMMANDS = {
  back: "quiz:back",
  answers: "quiz:answers",
  leave: "quiz:stop",
  startOver: "quiz:restart",
  helped: "helped:yes",
  notHelped: "helped:no",
  deleteAll: "delete:all",
} as const;
