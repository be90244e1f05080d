/** Who runs the bot, as the server wrote it into the page. */
export interface Organization {
  botName: string;
  name: string;
  email: string;
  phone: string;
  hours: string;
  contactPage: string;
  privacyLink: string;
  keepDays: string;
  example: boolean;
}

export function organizationOf(root: HTMLElement): Organization {
  const text = (name: string): string => root.dataset[name] ?? "";
  return {
    botName: text("botName"),
    name: text("organization"),
    email: text("email"),
    phone: text("phone"),
    hours: text("hours"),
    contactPage: text("contactPage"),
    privacyLink: text("privacyLink"),
    keepDays: text("keepDays"),
    example: text("example") === "true",
  };
}
