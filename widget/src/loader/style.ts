/** The launcher's styles, from style.css. */

/** The style sheet as text, written in by the build. */
declare const LAUNCHER_CSS: string;

/** Where the window fills the screen; the same words stand in style.css. */
export const PHONE = "(max-width: 520px), (max-height: 460px)";

/** A constructed style sheet needs no permission of the host's policy; a style element, for older browsers, may. */
export function applyStyle(shadow: ShadowRoot): void {
  const css = LAUNCHER_CSS;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    shadow.append(Object.assign(document.createElement("style"), { textContent: css }));
  }
}
