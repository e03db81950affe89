/** Something that the person who typed the command can act on: printed as one line, without a stack. */
export class ScriptError extends Error {
  isExpected = true
}
