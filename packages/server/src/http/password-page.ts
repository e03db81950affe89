import { createHash } from 'node:crypto'

/** Why somebody is asked again. */
export type PasswordProblem = { readonly kind: 'wrong' } | { readonly kind: 'too-many'; readonly waitSeconds: number }

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; background: #f6f7f9; color: #1b1d22 }
body { display: grid; place-items: center; min-height: 90vh; margin: 0; padding: 16px }
main { max-width: 24rem; padding: 24px; border: 1px solid #d9dce2; border-radius: 8px; background: #fff }
h1 { margin: 0 0 8px; font-size: 18px }
p { margin: 0 0 12px }
label { display: block; font-weight: 500 }
input { box-sizing: border-box; width: 100%; margin: 4px 0 12px; padding: 8px; border: 1px solid #7c8393; border-radius: 6px;
  font: inherit; background: #fff; color: inherit }
button { padding: 8px 16px; border: 1px solid #1d4fbc; border-radius: 6px; font: inherit; background: #1d4fbc; color: #fff }
:focus-visible { outline: 2px solid #1d4fbc; outline-offset: 2px }
[role=alert] { color: #b01e1e }
@media (prefers-color-scheme: dark) {
  :root { background: #0f1013; color: #e6e8ec }
  main { border-color: #2c2f36; background: #16181d }
  input { border-color: #7c8393; background: #0f1013 }
  button { border-color: #8ab4ff; background: #8ab4ff; color: #10141c }
  :focus-visible { outline-color: #8ab4ff }
  [role=alert] { color: #ff9d96 }
}`

const styleDigest = createHash('sha256').update(style).digest('base64')

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleDigest}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Asks for the password of a link; it is sent to the address of the page. Needs no script. */
export function passwordPage(problem?: PasswordProblem): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Password – Lossline</title>
<style>${style}</style>
<main>
<h1>This link asks for a password</h1>
<p>Whoever sent you the link can tell it to you.</p>
${problem === undefined ? '' : `<p role="alert" id="problem">${tell(problem)}</p>`}
<form method="post">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="off" required autofocus${problem === undefined ? '' : ' aria-describedby="problem" aria-invalid="true"'}>
<button>Open</button>
</form>
</main>
</html>
`
  const headers: Record<string, string> = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
    // Without a referrer browsers hide the origin of a form too, by which foreign ones are told.
    'Referrer-Policy': 'same-origin',
    ...(problem?.kind === 'too-many' && { 'Retry-After': String(problem.waitSeconds) }),
  }
  const status = problem === undefined ? 200 : problem.kind === 'wrong' ? 403 : 429
  return new Response(html, { status, headers })
}

function tell(problem: PasswordProblem): string {
  if (problem.kind === 'wrong') return 'That is not the password.'
  const { waitSeconds } = problem
  return `Too many attempts. Try again in ${waitSeconds} ${waitSeconds === 1 ? 'second' : 'seconds'}.`
}
