/** What the quiz of the bot understands besides answers. These are its words, not the interface's: do not translate. */
export const COMMANDS = {
  back: "back",
  answers: "my answers",
  leave: "stop",
  startOver: "start over",
} as const;
