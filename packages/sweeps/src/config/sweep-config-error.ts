/** A configuration that no sweep can be run with. What is only odd is a warning instead. */
export class SweepConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SweepConfigError'
  }
}
