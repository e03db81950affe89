/** Codes of OpenSSL, as Node has them, for certificates that no authority known here vouches for. */
const untrustedCodes: ReadonlySet<unknown> = new Set([
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/**
 * What to do about a request that failed because Node does not know the authority of the server's certificate; undefined for
 * other failures. Such a one does not pass while the program runs: Node reads its authorities when it starts.
 */
export function certificateRemedy(failure: unknown): string | undefined {
  for (let cause = failure; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && untrustedCodes.has(cause.code)) {
      return 'If you trust the server, start the program with NODE_EXTRA_CA_CERTS=/path/ca.pem, the certificate of its authority.'
    }
  }
  return undefined
}
