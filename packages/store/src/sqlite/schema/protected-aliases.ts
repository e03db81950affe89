/** Schema version 25: aliases of a project that only those may move who are asked for them, as a JSON list. */
export const protectedAliases: string = `
ALTER TABLE project ADD COLUMN protected_aliases TEXT NOT NULL DEFAULT '[]';
`
