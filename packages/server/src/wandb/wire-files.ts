import type { RunRow } from '@lossline/store'
import type { RunFile } from '../domain/run-files.ts'
import { ServerError } from '../errors.ts'
import { downloadUrlLifetimeMs, uploadUrlLifetimeMs } from '../http/require-signature.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'
import { createLikeMatcher } from './like-matcher.ts'
import { type Connection, type PageArguments, toConnection } from './pages.ts'

export interface FilesArguments extends PageArguments {
  readonly names?: readonly (string | null)[] | null
  readonly pattern?: string | null
}

/** `files`: by names, each of which gets an entry whether it exists or not; else those that match; else all. */
export async function toWireFiles(
  run: RunRow,
  services: WandbServices,
  args: FilesArguments,
  context: WandbContext,
): Promise<Connection<WireObject>> {
  const names = (args.names ?? []).filter((name) => name !== null)
  const all = await services.files.list(run.id)
  if (names.length > 0) {
    const byName = new Map(all.map((file) => [file.name, file]))
    const asked = names.map((name) => ({ name, file: byName.get(normalizeFileName(name)) }))
    return toConnection(asked, args, ({ name, file }) => toWireFile(run, name, file, services, context))
  }
  const matches = args.pattern == null ? () => true : createLikeMatcher(args.pattern)
  const matching = all.filter(({ name }) => matches(name))
  return toConnection(matching, args, (file) => toWireFile(run, file.name, file, services, context))
}

/** `File`. One that does not exist has size 0, no time and the md5 "0": the client looks for exactly that. */
export function toWireFile(
  run: RunRow,
  name: string,
  file: RunFile | undefined,
  services: WandbServices,
  context: WandbContext,
): WireObject {
  const stored = normalizeFileName(name)
  const url = (method: 'GET' | 'PUT', lifetimeMs: number): string =>
    context.baseUrl +
    services.urlSigner.sign({
      method,
      path: `/run-files/${run.id}`,
      name: stored,
      expiresAtMs: services.clock.now() + lifetimeMs,
    })
  const uploadUrl = async (): Promise<string> => {
    await services.requireWrite({ run: run.id })
    return url('PUT', uploadUrlLifetimeMs)
  }
  return {
    id: `${run.id}/${stored}`,
    name,
    url: (args: { upload?: boolean | null }) => (args.upload ? uploadUrl() : url('GET', downloadUrlLifetimeMs)),
    directUrl: () => url('GET', downloadUrlLifetimeMs),
    uploadUrl,
    sizeBytes: file?.sizeBytes ?? 0,
    mimetype: null,
    updatedAt: file === undefined ? null : new Date(file.updatedAtMs).toISOString(),
    md5: file?.md5 ?? '0',
  }
}

/** More than any file system lets a path have, and a storage id. */
const fileIdLengthMax = 5000

/** What the id of a `File` says. @throws {@link ServerError} `invalid-request` for a text that is no such id. */
export function parseFileId(id: string): { readonly run: number; readonly name: string } {
  const [, run, name] = (id.length <= fileIdLengthMax && /^(\d{1,15})\/(.+)$/s.exec(id)) || []
  if (run !== undefined && name !== undefined) return { run: Number(run), name }
  throw new ServerError({ code: 'invalid-request', message: `No file has the id ${JSON.stringify(id.slice(0, 100))}.` })
}

/** `./a` and `a` are one file. */
function normalizeFileName(name: string): string {
  return name.replace(/^(\.\/)+/, '')
}
