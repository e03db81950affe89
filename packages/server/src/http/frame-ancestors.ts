/** Where notebooks of one's own machine are: Jupyter and its kind, and the window of an editor. */
const ownMachine = [
  'http://localhost:*',
  'https://localhost:*',
  'http://127.0.0.1:*',
  'https://127.0.0.1:*',
  'vscode-webview:',
  'vscode-file:',
]

/**
 * Pages that may hold one of ours in a frame, for a content security policy: notebooks of the reader's machine, what is on the
 * server's own host at any port, and what was named. Other pages could lay ours under something else to click on.
 *
 * @param origins - Such as `https://hub.example.org`.
 */
export function frameAncestors(request: Request, origins: readonly string[]): string {
  const { hostname } = new URL(request.url)
  // An address of IPv6 has no place in a policy, and no name in use has other signs than these.
  const ownHost = /^[\w.-]+$/.test(hostname) ? [`http://${hostname}:*`, `https://${hostname}:*`] : ["'self'"]
  return [...new Set([...ownMachine, ...ownHost, ...origins])].join(' ')
}
