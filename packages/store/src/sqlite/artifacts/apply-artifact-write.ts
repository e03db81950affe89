import type { ArtifactWrite } from '../../artifacts/artifact-writes.ts'
import type { Connection } from '../connection.ts'
import { changeCollection, deleteCollection, putCollection, putType } from './collection-writer.ts'
import { claimBlobs, forgetContents, putBlob, putEntries, putManifest, putManifestContent } from './content-writer.ts'
import { deleteAliases, linkArtifact, putAliases, unlinkArtifact } from './membership-writer.ts'
import {
  changeArtifact,
  commitArtifact,
  createArtifact,
  deleteArtifact,
  isStillToDelete,
  putClientIds,
  putUsage,
} from './version-writer.ts'

/** Does one write; its result is that of `ArtifactWriteResult` for the write's kind. Within a transaction. */
export function applyArtifactWrite(connection: Connection, write: ArtifactWrite): unknown {
  switch (write.kind) {
    case 'put-artifact-type':
      return putType(connection, write)
    case 'put-artifact-collection':
      return putCollection(connection, write)
    case 'change-artifact-collection':
      return changeCollection(connection, write)
    case 'delete-artifact-collection':
      return deleteCollection(connection, write.collection, write.nowMs)
    case 'create-artifact':
      return createArtifact(connection, write)
    case 'change-artifact':
      return changeArtifact(connection, write)
    case 'commit-artifact':
      return commitArtifact(connection, write)
    case 'delete-artifact':
      return isStillToDelete(connection, write) ? deleteArtifact(connection, write.artifact, write.nowMs) : undefined
    case 'put-artifact-client-ids':
      return putClientIds(connection, write.artifact, write.clientId, write.sequenceClientId)
    case 'put-artifact-usage':
      return putUsage(connection, write)
    case 'link-artifact':
      return linkArtifact(connection, write)
    case 'unlink-artifact':
      return unlinkArtifact(connection, write.collection, write.artifact, write.nowMs)
    case 'put-artifact-aliases':
      return putAliases(connection, write.collection, write.artifact, write.aliases, write.nowMs)
    case 'delete-artifact-aliases':
      return deleteAliases(connection, write.collection, write.artifact, write.aliases, write.nowMs)
    case 'put-artifact-manifest':
      return putManifest(connection, write)
    case 'put-manifest-content':
      return putManifestContent(connection, write)
    case 'claim-artifact-blobs':
      return claimBlobs(connection, write.artifact, write.md5s)
    case 'put-artifact-blob':
      return putBlob(connection, write)
    case 'put-artifact-entries':
      return putEntries(connection, write)
    case 'forget-contents':
      return forgetContents(connection, write.sha256s)
    default:
      return assertNever(write)
  }
}

function assertNever(write: never): never {
  throw new TypeError(`Not a write: ${JSON.stringify(write)}.`)
}
