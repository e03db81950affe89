// All programs of this example, one after the other.
//
//     node main.ts          writes three runs to .lossline/
//     npx lossline          shows them

await import('./evaluate.ts')
await import('./generate.ts')
await import('./fine-tune.ts')

// A file with nothing to import or export would be a script, which knows no top-level await.
export {}
