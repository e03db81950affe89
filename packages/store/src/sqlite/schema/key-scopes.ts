/** What a key may do, and when it was used last. Keys from before may write, as they always could. */
export const keyScopes: string = `
ALTER TABLE api_key ADD COLUMN scope TEXT NOT NULL DEFAULT 'write';
ALTER TABLE api_key ADD COLUMN last_used_at_ms REAL;
`
