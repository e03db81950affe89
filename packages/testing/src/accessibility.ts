import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

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
 * @returns the problems; an empty list when there are none
 */
export async function findAccessibilityProblems(page: Page): Promise<readonly AccessibilityProblem[]> {
  // Evaluated over the debugging protocol, which the page's own policy does not restrict.
  await page.evaluate(axe.source)
  const results = (await page.evaluate('axe.run(document)')) as AxeResults // What axe.run resolves with, as JSON.
  return results.violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    elements: nodes.map(({ target }) => target.join(' ')),
  }))
}
