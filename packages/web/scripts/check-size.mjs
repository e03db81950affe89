// Prints what a browser loads before its first chart, and fails when that is more than the budget.
// usage: node scripts/check-size.mjs [dist directory]
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Kilobytes of 1,000 bytes, gzip level 9. */
const budgets = { firstChartScripts: 300, firstChartStyles: 30 }
const goalScripts = 100

const dist = process.argv[2] ?? join(import.meta.dirname, '..', 'dist')
const html = readFileSync(join(dist, 'index.html'), 'utf8')
const sizeOf = (path) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length / 1000

// What index.html names is loaded at once: its scripts, what they import statically, and styles.
const named = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1])
const atOnce = new Set(named)
for (const path of atOnce) {
  if (!path.endsWith('.js')) continue
  const source = readFileSync(join(dist, path), 'utf8')
  for (const [, name] of source.matchAll(/(?:^|[;}])import\s*(?:[^"'();]*?from)?\s*["']\.\/([^"']+)["']/g))
    atOnce.add(`assets/${name}`)
}
const later = readdirSync(join(dist, 'assets'))
  .map((name) => `assets/${name}`)
  .filter((path) => !atOnce.has(path))

const total = (extension) =>
  [...atOnce].filter((path) => path.endsWith(extension)).reduce((sum, path) => sum + sizeOf(path), 0)
const scripts = total('.js')
const styles = total('.css')
for (const path of [...atOnce, ...later].filter((path) => /\.(js|css)$/.test(path))) {
  console.log(`${sizeOf(path).toFixed(1).padStart(7)} kB  ${path}${atOnce.has(path) ? '' : '  (later)'}`)
}
console.log(
  `scripts before the first chart: ${scripts.toFixed(1)} kB gzip (budget ${budgets.firstChartScripts}, goal ${goalScripts})`,
)
console.log(`styles: ${styles.toFixed(1)} kB gzip (budget ${budgets.firstChartStyles})`)
if (scripts > budgets.firstChartScripts || styles > budgets.firstChartStyles) {
  console.error('Over budget. See which import grew: npx vite build --debug, or move it behind import().')
  process.exitCode = 1
}
