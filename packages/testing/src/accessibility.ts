import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * The minified one: every page that is opened parses it anew, and it is less than half as long. Found by `require`, as modules that
 * Vitest loads have no `import.meta.resolve`.
 */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A rule of WCAG or of good practice that something on a page breaks. */
export interface AccessibilityProblem {
  /** The rule's id, such as `color-contrast`. */
  readonly rule: string
  /** What the rule asks for, one sentence. */
  readonly help: string
  /** CSS selectors of what breaks it. */
  readonly elements: readonly string[]
}

/**
 * Checks the page as it is now with axe-core. Works below a Content-Security-Policy without inline scripts too.
 *
 * @param rules - Ids of the rules to check. Default: all. A page that only changed its colours needs `color-contrast` alone.
 * @returns the problems; an empty list when there are none
 */
export async function findAccessibilityProblems(
  page: Page,
  rules?: readonly string[],
): Promise<readonly AccessibilityProblem[]> {
  // Evaluated over the debugging protocol, which the page's own policy does not restrict.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axeSource)
  // Of what holds it need not find out where it stands.
  const only = rules && { runOnly: { type: 'rule', values: rules } }
  // What WCAG 2.2 asks of the size of targets is off by default.
  const options = { resultTypes: ['violations'], ...(only ?? { rules: { 'target-size': { enabled: true } } }) }
  // What axe.run resolves with, as JSON.
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults
  return results.violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    elements: nodes.map(({ target }) => target.join(' ')),
  }))
}
