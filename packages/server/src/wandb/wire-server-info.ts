import type { WireObject } from './context.ts'

/** `ServerInfo`. Only what is listed is on; clients ask once for each run. */
export function toWireServerInfo(version: string): WireObject {
  return {
    // W&B's image logging compares its own version with both and needs an object here.
    cliVersionInfo: { min_cli_version: '0.10.0', max_cli_version: '99.0.0' },
    latestLocalVersionInfo: {
      outOfDate: false,
      latestVersionString: version,
      versionOnThisInstanceString: version,
    },
    features: [
      { name: 'STRUCTURED_CONSOLE_LOGS', isEnabled: true },
      { name: 'MARK_RUN_FILES_UPLOADED', isEnabled: true },
      { name: 'FILESTREAM_GZIP', isEnabled: true },
      { name: 'UPDATE_RUN_STATE', isEnabled: true },
      { name: 'ARTIFACT_TAGS', isEnabled: true },
      { name: 'CLIENT_IDS', isEnabled: true },
      { name: 'ARTIFACT_COLLECTION_MEMBERSHIP_FILES', isEnabled: true },
      { name: 'ARTIFACT_COLLECTION_MEMBERSHIP_FILE_DOWNLOAD_HANDLER', isEnabled: true },
      { name: 'PROJECT_ARTIFACT_COLLECTION_MEMBERSHIP', isEnabled: true },
      { name: 'USE_ARTIFACT_WITH_ENTITY_AND_PROJECT_INFORMATION', isEnabled: true },
      { name: 'TOTAL_COUNT_IN_FILE_CONNECTION', isEnabled: true },
      { name: 'ARTIFACT_MEMBERSHIP_IN_LINK_ARTIFACT_RESPONSE', isEnabled: true },
      { name: 'ARTIFACT_COLLECTIONS_FILTERING_SORTING', isEnabled: true },
      { name: 'ARTIFACT_V2_DOWNLOAD_HANDLER_SUPPORTS_ARTIFACT_ID', isEnabled: true },
      { name: 'ARTIFACT_DIGEST_ALGORITHM', isEnabled: true },
      { name: 'SWEEPS_QUERY_FILTERING', isEnabled: true },
      { name: 'SWEEPS_LOCAL_SCHEDULER', isEnabled: true },
      { name: 'EXPAND_DEFINED_METRIC_GLOBS', isEnabled: false },
      { name: 'LOSSLINE_WRITERS', isEnabled: true },
    ],
  }
}
