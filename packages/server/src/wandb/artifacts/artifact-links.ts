import { posix } from 'node:path'
import { downloadUrlLifetimeMs, uploadUrlLifetimeMs } from '../../http/require-signature.ts'
import type { WandbContext, WandbServices } from '../context.ts'

/** W&B's own tests tell contents and manifests apart by these words in URLs. */
const contentPath = 'wandb_artifacts'
export const manifestFileName = 'wandb_manifest.json'

/** Absolute signed URLs of artifacts' bytes. */
export interface ArtifactLinks {
  uploadFile(artifact: number, md5: string, xxh128: string | undefined): string
  /** @param partMd5 - Hexadecimal, as the client says it. */
  uploadPart(artifact: number, md5: string, partNumber: number, partMd5: string): string
  downloadFile(artifact: number, digest: string, path: string): string
  uploadManifest(manifest: number, md5: string): string
  downloadManifest(artifact: number): string
}

export function artifactLinks({ urlSigner, clock }: WandbServices, context: WandbContext): ArtifactLinks {
  const sign = (method: 'GET' | 'PUT', path: string, name: string): string => {
    const lifetimeMs = method === 'PUT' ? uploadUrlLifetimeMs : downloadUrlLifetimeMs
    return context.baseUrl + urlSigner.sign({ method, path, name, expiresAtMs: clock.now() + lifetimeMs })
  }
  return {
    uploadFile: (artifact, md5, xxh128) => sign('PUT', `/${storagePath(artifact, md5)}`, xxh128 ?? ''),
    uploadPart: (artifact, md5, partNumber, partMd5) =>
      sign('PUT', `/${storagePath(artifact, md5)}/parts/${partNumber}`, partMd5),
    downloadFile: (artifact, digest, path) => sign('GET', `/${storagePath(artifact, digest)}`, posix.basename(path)),
    uploadManifest: (manifest, md5) => sign('PUT', `/artifact-manifests/${manifest}/${manifestFileName}`, md5),
    downloadManifest: (artifact) => sign('GET', `/artifact-manifests/${artifact}/${manifestFileName}`, ''),
  }
}

/** Where a content seems to be: W&B's words for the version that it belongs to and its MD5 or XXH128. */
export function storagePath(artifact: number, digest: string): string {
  return `${contentPath}/${artifact}/${toHex(digest)}`
}

export function toHex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex')
}

export function fromHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
