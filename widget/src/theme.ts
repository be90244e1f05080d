/** Puts the brand color into the style sheet, once for light and once for dark. */
import { DEFAULT_BRAND, fillOn, inkOn, parseHex, type Rgb, textOn, toCss } from "./color.js";

/** The surfaces of base.css on which the brand stands: the one that leaves least contrast. */
const SURFACES: Readonly<Record<"light" | "dark", Rgb>> = { light: [238, 243, 243], dark: [36, 48, 47] };

/** `setProperty` is allowed under a policy without inline styles; a style attribute is not. */
export function paint(root: HTMLElement, color: string | null): void {
  const brand = parseHex(color) ?? (parseHex(DEFAULT_BRAND) as Rgb);
  for (const [scheme, surface] of Object.entries(SURFACES)) {
    const fill = fillOn(surface, brand);
    root.style.setProperty(`--${scheme}-brand`, toCss(fill));
    root.style.setProperty(`--${scheme}-on-brand`, toCss(textOn(fill)));
    root.style.setProperty(`--${scheme}-brand-ink`, toCss(inkOn(surface, brand)));
  }
}
