/** Keeps an element as high as the on-screen keyboard leaves room, where the browser lays the keyboard over the page. */
export function followKeyboard(element: HTMLElement, applies: () => boolean): void {
  const view = window.visualViewport;
  if (!view) return;
  const fit = (): void => {
    // Zoomed in, the visible part is smaller for another reason.
    const on = applies() && view.scale < 1.01;
    element.style.height = on ? `${view.height}px` : "";
    element.style.translate = on ? `0 ${view.offsetTop}px` : "";
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
}
