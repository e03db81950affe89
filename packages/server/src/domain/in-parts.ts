/** Writes that are made together reach the disk together; more at a time would keep others waiting. */
const partSize = 200

/** Works on things a few hundred at a time, in their order; the first that fails ends it, with what runs beside it. */
export async function inParts<T, R>(things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let from = 0; from < things.length; from += partSize) {
    done.push(...(await Promise.all(things.slice(from, from + partSize).map(work))))
  }
  return done
}
