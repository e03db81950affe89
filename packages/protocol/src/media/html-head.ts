// The style sheet that W&B's own pages give to such documents; W&B's client writes the same line.
const injected =
  '<base target="_blank"><link rel="stylesheet" type="text/css" href="https://app.wandb.ai/normalize.css" />'

/** Puts what W&B's pages want into the head of an HTML document, or in front of a fragment, as W&B's client does. */
export function injectHtmlHead(html: string): string {
  return inject(html).trim()
}

function inject(html: string): string {
  const head = html.indexOf('<head>')
  if (head >= 0) return html.slice(0, head + 6) + injected + html.slice(head + 6)
  const root = html.indexOf('<html>')
  if (root >= 0) return `${html.slice(0, root)}<html><head>${injected}</head>${html.slice(root + 6)}`
  return injected + html
}
