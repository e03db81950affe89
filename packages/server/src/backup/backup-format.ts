/** The one format there is; a later one that this program cannot read has another name. */
export const backupFormat = 'lossline-backup/1'

/** First file of an archive: what it is. */
export const backupHeadName = 'backup.json'

/** Last file of an archive: a line for each file before it, in their order, but for the head. */
export const manifestName = 'manifest.jsonl'

/** What people wrote into a data folder. Files of it, beside the database, that are kept when they are there. */
export const settingsNames: readonly string[] = ['settings', 'server-settings.json']
export const keptFileNames: readonly string[] = ['upload-secret', 'resume.json', ...settingsNames]

/** Folders of a data folder of which something is kept. */
export const keptFolderNames: readonly string[] = ['runs', 'run-files', 'blobs']

/** What backups and restores that are under way have in a data folder. */
export const backupWorkPrefix = 'backup-work-'
export const restoreWorkPrefix = 'restore-work-'

/** What is known of a file of an archive. */
export interface ManifestLine {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
}

export function toManifestLine({ path, sizeBytes, sha256 }: ManifestLine): string {
  return `${JSON.stringify({ path, sizeBytes, sha256 })}\n`
}
