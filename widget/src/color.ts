/** One brand color in, readable colors out: contrast decides, not taste. */
export type Rgb = readonly [number, number, number];

export const DEFAULT_BRAND = "#0b5c63";

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const TEXT_CONTRAST = 4.5;
const SHAPE_CONTRAST = 3;
/** White on something of this luminance has a contrast of 4.5. */
const DARK_ENOUGH = 1.05 / TEXT_CONTRAST - 0.05;

/** Reads #abc or #aabbcc; anything else is no color, whatever else it may be. */
export function parseHex(text: string | null | undefined): Rgb | null {
  const [, digits] = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text?.trim() ?? "") ?? [];
  if (!digits) return null;
  const pairs = digits.length === 3 ? Array.from(digits, (digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = pairs.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

export function toCss([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** WCAG 2 contrast, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** White where it reaches 4.5, else black, which then does. */
export function textOn(background: Rgb): Rgb {
  return luminance(background) <= DARK_ENOUGH ? WHITE : BLACK;
}

/** The brand as text on `surface`: moved toward black or white only as far as it must be. */
export function inkOn(surface: Rgb, brand: Rgb): Rgb {
  return moved(brand, surface, TEXT_CONTRAST);
}

/** The brand as a shape on `surface`, such as a button. */
export function fillOn(surface: Rgb, brand: Rgb): Rgb {
  return moved(brand, surface, SHAPE_CONTRAST);
}

function moved(color: Rgb, surface: Rgb, enough: number): Rgb {
  const goal = luminance(surface) > DARK_ENOUGH ? BLACK : WHITE;
  for (let share = 0; share < 1; share += 0.04) {
    const candidate = mix(color, goal, share);
    if (contrast(candidate, surface) >= enough) return candidate;
  }
  return goal;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (i: 0 | 1 | 2): number => Math.round(from[i] + (to[i] - from[i]) * share);
  return [part(0), part(1), part(2)];
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
