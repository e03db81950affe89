/** Gives the focus back to the page, so that its keys are meant for nothing in particular. */
export function leaveFocus(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
