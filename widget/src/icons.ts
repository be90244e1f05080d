/** Line icons on a 24 px grid, drawn for this widget; they take the color of the text around them. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

function icon(shapes: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${shapes}</svg>`;
}

export const logo = icon(svg`<path d="M5 19c0-6 14-4 14-10a4 4 0 0 0-8 0"/><circle cx="5" cy="19" r="1.5"/><path d="M11 5v4M9 7h4" stroke-width="1.6"/>`);
export const close = icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);
export const menu = icon(svg`<path d="M4 7h16M4 12h16M4 17h16"/>`);
export const wider = icon(svg`<path d="M9 4H4v5M4 4l6 6M15 20h5v-5M20 20l-6-6"/>`);
export const narrower = icon(svg`<path d="M4 10h6V4M10 10L4 4M20 14h-6v6M14 14l6 6"/>`);
export const send = icon(svg`<path d="M4 12l16-8-5 16-3.5-6.5z"/><path d="M11.5 13.5L20 4"/>`);
export const down = icon(svg`<path d="M12 5v14M6 13l6 6 6-6"/>`);
export const check = icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`);
export const warning = icon(svg`<path d="M12 4L2.8 20h18.4z"/><path d="M12 10v4.5M12 17.5v.01"/>`);
export const back = icon(svg`<path d="M19 12H5M11 6l-6 6 6 6"/>`);
export const forward = icon(svg`<path d="M10 7l5 5-5 5"/>`);
export const list = icon(svg`<path d="M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01"/>`);
export const leave = icon(svg`<path d="M14 4H6v16h8M10 12h10M17 9l3 3-3 3"/>`);
export const again = icon(svg`<path d="M5 12a7 7 0 1 0 2.2-5.1L4.5 9.5M4.5 5v4.5H9"/>`);
export const save = icon(svg`<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>`);
export const print = icon(svg`<path d="M7 8V4h10v4M7 17H4V9.5A1.5 1.5 0 0 1 5.5 8h13A1.5 1.5 0 0 1 20 9.5V17h-3M7 14h10v6H7z"/>`);
export const trash = icon(svg`<path d="M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5"/>`);
export const shield = icon(svg`<path d="M12 3l8 3v5.5c0 4.5-3.4 7.9-8 9.5-4.6-1.6-8-5-8-9.5V6z"/>`);
export const pencil = icon(svg`<path d="M4 20l1-4L16.5 4.5l3 3L8 19z"/>`);

const canNow = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M8 12.5l2.7 2.7L16 9.5"/>`);
const notYet = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>`);
const notOpen = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>`);
const goodToKnow = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.01"/>`);
const depends = icon(svg`<path d="M12 21v-7M12 14c0-4-6-3-6-9M12 14c0-4 6-3 6-9M3.5 7L6 4.5 8.5 7M15.5 7L18 4.5 20.5 7"/>`);

/** By kind of a section of the result. */
export const KIND_ICONS: Readonly<Record<string, TemplateResult>> = {
  can_now: canNow,
  not_yet: notYet,
  not_open: notOpen,
  good_to_know: goodToKnow,
  depends,
};
