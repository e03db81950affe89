/** Schema version 4. */
export const artifactIndexes = 'CREATE INDEX artifact_claim_by_md5 ON artifact_claim (md5);'
