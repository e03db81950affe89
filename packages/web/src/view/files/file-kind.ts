/** Files of objects in space that the page draws. */
const spaceName =
  /(\.pts\.json|\.obj|\.stl|\.gltf|\.glb|\.pdb|\.pqr|\.mmcif|\.mcif|\.cif|\.sdf|\.sd|\.mol|\.mol2|\.gro)$/i

/** Whether a file holds an object in space, by its name. */
export function isSpaceFile(name: string): boolean {
  return spaceName.test(name)
}

const textName =
  /\.(txt|md|markdown|rst|log|csv|tsv|jsonl?|ya?ml|toml|ini|xml|html?|tex|srt|vtt|py|[cm]?[jt]sx?|sh|sql|diff|patch)$/i

/** Whether a file holds text that people read, by its name. Objects in space are texts too, and nobody reads them. */
export function isReadableText(name: string): boolean {
  return textName.test(name) && !isSpaceFile(name) && describeUndrawn(name) === undefined
}

const undrawn: readonly (readonly [name: RegExp, what: string])[] = [
  [/\.mmtf$/i, 'A molecule of a format without text'],
  [/\.babylon$/i, 'A Babylon scene'],
  [/\.plotly\.json$/i, 'A Plotly figure'],
  [/\.bokeh\.json$/i, 'A Bokeh document'],
  [/\.graph\.json$/i, 'A graph'],
]

/** What a file is that can only be saved, in words; undefined: nobody knows. */
export function describeUndrawn(name: string): string | undefined {
  return undrawn.find(([pattern]) => pattern.test(name))?.[1]
}
