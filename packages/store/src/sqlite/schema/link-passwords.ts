/** Schema version 20: links that ask for a password, of which a slow hash is kept, and tags of projects as a JSON list. */
export const linkPasswords: string = `
ALTER TABLE share_link ADD COLUMN password_hash TEXT;
ALTER TABLE project ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
`
