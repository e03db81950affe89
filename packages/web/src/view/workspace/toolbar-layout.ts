/** What of a workspace's bar lies in it, and what is in the menu at its end because there is no room. */
export interface ToolbarLayout {
  /** Buttons say in words what they do, and controls what they are for. */
  readonly hasWords: boolean
  readonly isSmoothingInMenu: boolean
  readonly areTogglesInMenu: boolean
  readonly isXAxisInMenu: boolean
}

/** From the most to the least that a bar can show. */
const layouts: readonly ToolbarLayout[] = [
  { hasWords: true, isSmoothingInMenu: false, areTogglesInMenu: false, isXAxisInMenu: false },
  { hasWords: false, isSmoothingInMenu: false, areTogglesInMenu: false, isXAxisInMenu: false },
  { hasWords: false, isSmoothingInMenu: false, areTogglesInMenu: true, isXAxisInMenu: false },
  { hasWords: false, isSmoothingInMenu: true, areTogglesInMenu: false, isXAxisInMenu: false },
  { hasWords: false, isSmoothingInMenu: true, areTogglesInMenu: true, isXAxisInMenu: false },
  { hasWords: false, isSmoothingInMenu: true, areTogglesInMenu: true, isXAxisInMenu: true },
]

// CSS pixels, with the space beside each; the search takes what is left over.
const searchWidthMin = { withWords: 150, without: 96 }
const togglesWidth = 222
const groupWidth = 44
const menuWidth = 38
/** A select is as wide as what is chosen in it: its letters, and around them its border and arrow. */
const letterWidth = 6.6
const selectFrame = 42
const selectLettersMax = 24
/** What says what the x axis is, or a letter. */
const xLabelWidth = { withWords: 54, without: 16 }
/** A slider or a field, and what its amount means. */
const amountWidth = { withWords: 104, without: 64 }
const wordsFrame = 26

/** Of what has to do with the view beside its save state: its name, steps, new panels, settings. */
const viewWidth = { withWords: 450, without: 300, narrow: 170 }
/** Below, buttons that are not needed to look at charts are left out. */
const narrowBelow = 640

/** CSS pixels that the save state takes with what can be done about it. */
const saveNoteWidth = { word: 56, sign: 24, choices: 160, narrowChoices: 110 }

/**
 * CSS pixels that the controls of a view take.
 *
 * @param view.hasChoices - Beside the save state stands what can be done about it.
 * @param view.pageWidth - CSS pixels.
 */
export function viewControlsWidth(
  { hasWords }: Pick<ToolbarLayout, 'hasWords'>,
  { hasChoices, pageWidth }: { readonly hasChoices: boolean; readonly pageWidth: number },
): number {
  const isNarrow = pageWidth < narrowBelow
  const choices = isNarrow ? saveNoteWidth.narrowChoices : saveNoteWidth.choices
  const note = hasChoices ? choices : hasWords ? saveNoteWidth.word : saveNoteWidth.sign
  return note + viewWidth[hasWords ? 'withWords' : isNarrow ? 'narrow' : 'without']
}

/** What is chosen in the controls of a bar. */
export interface ToolbarContent {
  readonly x: { readonly long: string; readonly short: string }
  readonly smoothing: string
  /** What the amount of smoothing means, in full and short; undefined: it has none. */
  readonly amount: { readonly long: string; readonly short: string } | undefined
  /** Runs are put together by a button in the row. */
  readonly hasGroup: boolean
}

function selectWidth(text: string): number {
  return selectFrame + Math.min(selectLettersMax, text.length) * letterWidth
}

/**
 * Puts into the menu what does not fit into one row.
 *
 * @param width - CSS pixels that there are.
 * @param otherWidth - Of what else is in the row, with words or without.
 * @param content - What is chosen, which is never cut where there is room.
 */
export function fitToolbar(
  width: number,
  otherWidth: (layout: ToolbarLayout) => number,
  { x, smoothing, amount, hasGroup }: ToolbarContent,
): ToolbarLayout {
  const widthOf = (layout: ToolbarLayout): number => {
    const size = layout.hasWords ? 'withWords' : 'without'
    const words = amount?.[layout.hasWords ? 'long' : 'short']
    const ofAmount = words === undefined ? 0 : amountWidth[size] + wordsFrame + words.length * letterWidth
    return (
      otherWidth(layout) +
      searchWidthMin[size] +
      (hasGroup ? groupWidth : 0) +
      (layout.isXAxisInMenu ? 0 : xLabelWidth[size] + selectWidth(x[layout.hasWords ? 'long' : 'short'])) +
      (layout.areTogglesInMenu ? 0 : togglesWidth) +
      (layout.isSmoothingInMenu ? 0 : selectWidth(smoothing) + ofAmount) +
      (hasMenu(layout) ? menuWidth : 0)
    )
  }
  // Whoever smooths wants to see by how much, rather than the switches, which have keys.
  const offered = layouts.filter((layout) => amount !== undefined || !hasSwitchesAlone(layout))
  return offered.find((layout) => widthOf(layout) <= width) ?? layouts.at(-1)!
}

/** Something is in the menu. */
export function hasMenu({ isSmoothingInMenu, areTogglesInMenu, isXAxisInMenu }: ToolbarLayout): boolean {
  return isSmoothingInMenu || areTogglesInMenu || isXAxisInMenu
}

function hasSwitchesAlone({ isSmoothingInMenu, areTogglesInMenu }: ToolbarLayout): boolean {
  return areTogglesInMenu && !isSmoothingInMenu
}
