import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

/** The page's files. */
export interface StaticFiles {
  /** The file at a URL path, the page itself for paths that it routes, undefined for a missing asset. */
  respond(path: string, ifNoneMatch: string | undefined): Response | undefined
}

/**
 * The policy of the page and of answers that say no other. Nothing is inline, nothing comes from elsewhere. `data:` and `blob:`
 * pictures are drawn by the page itself.
 *
 * @param ancestors - Pages that may hold it in a frame. Default: none.
 */
export const toContentSecurityPolicy = (ancestors = "'none'"): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    // Logged HTML, which is sent with a sandbox of its own.
    "frame-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Vite puts what it names by content under `assets/`. */
const hashedAsset = /^\/assets\/.+-[\w-]{8,}\.\w+$/

/**
 * Serves the files that are in a directory. Only names found by listing it are ever opened, so a path cannot lead out.
 *
 * @param directory - The built page, with `index.html` at its top.
 */
export function createStaticFiles(directory: string): StaticFiles {
  let paths = listFiles(directory)
  const find = (path: string): string | undefined => {
    if (!paths.has(path)) paths = listFiles(directory)
    return paths.get(path)
  }
  return {
    respond(path, ifNoneMatch) {
      const own = path === '/' ? undefined : find(path)
      if (own !== undefined) return fileResponse(own, path, ifNoneMatch)
      if (path.startsWith('/assets/')) return undefined
      const index = find('/index.html')
      return index === undefined ? undefined : fileResponse(index, '/index.html', ifNoneMatch)
    },
  }
}

function fileResponse(file: string, path: string, ifNoneMatch: string | undefined): Response {
  const { mtimeMs, size } = statSync(file)
  const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`
  const headers = {
    'Content-Type': contentTypes[extname(path)] ?? 'application/octet-stream',
    'Cache-Control': hashedAsset.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
  }
  if (ifNoneMatch === etag) return new Response(null, { status: 304, headers })
  return new Response(readFileSync(file), { headers })
}

function listFiles(directory: string): Map<string, string> {
  const files = new Map<string, string>()
  let entries: ReturnType<typeof readDirectory>
  try {
    entries = readDirectory(directory)
  } catch {
    // Not built (yet): there is no page then, and the rest of the server works.
    return files
  }
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(directory, file).split(sep).join('/')}`, file)
  }
  return files
}

function readDirectory(directory: string) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
}
