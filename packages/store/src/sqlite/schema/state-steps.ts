/** Schema version 23: how far a run was when it came to a state; −1: it had no step. Null: of changes before, nobody noted it. */
export const stateSteps: string = `
ALTER TABLE run_state_change ADD COLUMN last_step INTEGER;
`
