/** Lets what else waits in the program go first: long work is done in pieces with this between them. */
export function giveTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
