/**
 * Scheme, host and port under which a client reached us, without a slash at the end: links in answers begin with it. A proxy
 * that ends TLS says so in `X-Forwarded-Proto`; only the asker itself sees what follows from a false one.
 *
 * @param publicUrl - What was set as the server's address, which then counts.
 */
export function toBaseUrl(request: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '')
  const { host, protocol } = new URL(request.url)
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase()
  const scheme = forwarded === 'https' || forwarded === 'http' ? forwarded : protocol.replace(':', '')
  return `${scheme}://${host}`
}
