/** Schema version 13: colours that people give runs. */
export const runColors: string = `
ALTER TABLE run ADD COLUMN color TEXT NOT NULL DEFAULT '';
`
