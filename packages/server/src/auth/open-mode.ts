import { ServerError } from '../errors.ts'

/** True for names and addresses that only this machine can mean. Port and IPv6 brackets may be there. */
export function isLoopbackHost(host: string): boolean {
  const name = hostName(host)
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}

/**
 * What stands in for a login in open mode. A page of another origin can make a browser send requests here, in two ways:
 * under a name of its own that resolves to 127.0.0.1 (then Host is that name), or plainly across origins (then Origin is
 * that page's).
 *
 * @param options.isLoopbackOnly - False when the server was told to be open to a network: then any Host may be right.
 * @throws {@link ServerError} `host-refused`, `origin-refused`.
 */
export function checkOpenRequest(request: Request, options: { readonly isLoopbackOnly: boolean }): void {
  const host = request.headers.get('host') ?? new URL(request.url).host
  if (options.isLoopbackOnly && !isLoopbackHost(host)) {
    throw new ServerError({
      code: 'host-refused',
      message: `This server answers only under a loopback name, not "${host}".`,
      hint: 'Open it as http://localhost or http://127.0.0.1.',
    })
  }
  checkOrigin(request)
}

/** A page of another origin may not change anything. @throws {@link ServerError} `origin-refused`. */
export function checkOrigin(request: Request): void {
  const host = request.headers.get('host') ?? new URL(request.url).host
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
  const origin = request.headers.get('origin')
  if (origin !== null && !isOwnOrigin(origin, host)) {
    throw new ServerError({
      code: 'origin-refused',
      message: `A page of "${origin}" may not change anything here: this server is "${host}" for it.`,
      hint: 'Behind a proxy, let it pass Host with its port ($http_host in nginx), or set the public address (publicUrl).',
    })
  }
}

function isOwnOrigin(origin: string, host: string): boolean {
  try {
    return new URL(origin).host.toLowerCase() === host.toLowerCase()
  } catch {
    return false
  }
}

function hostName(host: string): string {
  const withoutPort = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '')
  return withoutPort.toLowerCase().replace(/\.$/, '')
}
