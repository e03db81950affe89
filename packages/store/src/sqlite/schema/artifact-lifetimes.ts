/**
 * Schema version 10: digests by XXH128, versions with a lifetime, and references from one version to another.
 *
 * Text of such a reference begins with the scheme; `/` is followed by `0` in the order of characters.
 */
export const artifactLifetimes = `
ALTER TABLE artifact ADD COLUMN digest_algorithm TEXT NOT NULL DEFAULT 'md5';
ALTER TABLE artifact_blob ADD COLUMN xxh128 TEXT;
CREATE UNIQUE INDEX artifact_blob_by_xxh128 ON artifact_blob (xxh128, project_id) WHERE xxh128 IS NOT NULL;
CREATE INDEX artifact_by_lifetime ON artifact (id) WHERE ttl_seconds > 0;
CREATE INDEX artifact_entry_by_artifact_ref ON artifact_entry (ref)
  WHERE ref >= 'wandb-artifact://' AND ref < 'wandb-artifact:/0';
`
