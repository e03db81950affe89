/** Something that can be chosen from a list: a place, which is a link, or something to do. */
export interface PickItem {
  /** Tells it from all others of the list. */
  readonly id: string
  readonly label: string
  /** Where it belongs, quieter, behind its name. */
  readonly detail?: string
  /** At the end of the line, such as a key. */
  readonly hint?: string
  /** Address within the page. Undefined: {@link PickItem.run} does it. */
  readonly href?: string
  readonly run?: () => void
}

/** Items under one heading. */
export interface PickGroup {
  readonly title: string
  readonly items: readonly PickItem[]
}
