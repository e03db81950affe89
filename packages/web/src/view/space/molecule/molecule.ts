/** An atom; its place in ångström. */
export interface Atom {
  /** Its symbol, such as `C` or `Cl`; `X` where the file does not say. */
  readonly element: string
  readonly place: readonly [x: number, y: number, z: number]
}

/** What a file of a molecule holds, whatever its format. */
export interface Molecule {
  readonly atoms: readonly Atom[]
  /** Places of both atoms in the list. Those that a file leaves out are found by distance: see `findBonds`. */
  readonly bonds: readonly (readonly [from: number, to: number])[]
  /** The file says all bonds that there are. */
  readonly areBondsComplete: boolean
  /** What is in the file and not drawn, in words. */
  readonly notes: readonly string[]
}

/** An atom of a file. @throws Error where its place is none. */
export function toAtom(element: string, coordinates: readonly (string | undefined)[], line: number): Atom {
  const [x, y, z] = coordinates.map((text) => (text === undefined || text.trim() === '' ? Number.NaN : Number(text)))
  if (![x, y, z].every(Number.isFinite)) throw new Error(`Line ${line + 1} has an atom without a place.`)
  // All three are numbers: that was asked for above.
  return { element: toSymbol(element), place: [x as number, y as number, z as number] }
}

/** `CL` and `cl` are `Cl`; what holds no letter is unknown. */
export function toSymbol(text: string): string {
  const letters = text.replaceAll(/[^a-z]/gi, '').slice(0, 2)
  return letters === '' ? 'X' : letters[0]!.toUpperCase() + letters.slice(1).toLowerCase()
}
