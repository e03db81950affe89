import { isSecretName } from '../redaction/redaction.ts'

/** The environment of this process. The only place of the package that reads it. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env
}

/** Values of the variables whose names say that they are secrets, and the passwords of URLs in any of them. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    if (!value) return []
    return isSecretName(name) ? [value] : passwordOf(value)
  })
}

/** The password of a URL, as it stands there and decoded. */
function passwordOf(text: string): string[] {
  const password = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text) ? new URL(text).password : ''
  if (password === '') return []
  try {
    return [password, decodeURIComponent(password)]
  } catch {
    return [password]
  }
}

/** The variables `SLURM_X` of a cluster job as `x`, as W&B records them. */
export function slurmOf(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith('SLURM_') && value ? [[name.slice('SLURM_'.length).toLowerCase(), value] as const] : [],
  )
  return Object.fromEntries(entries)
}

/** Addresses of object stores that stand for the public ones, under the names that W&B's client and Google's tools read. */
export function storeEndpoints(): { readonly s3: string | undefined; readonly gs: string | undefined } {
  const { AWS_S3_ENDPOINT_URL: s3, STORAGE_EMULATOR_HOST: gs } = process.env
  return { s3: s3 || undefined, gs: gs || undefined }
}

/** Folder for downloaded artifacts. */
export function artifactDirectory(): string {
  const { LOSSLINE_ARTIFACT_DIR, WANDB_ARTIFACT_DIR } = process.env
  return LOSSLINE_ARTIFACT_DIR || WANDB_ARTIFACT_DIR || 'artifacts'
}
