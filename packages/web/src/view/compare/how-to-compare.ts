/** What the key that compares says where too few runs are selected. */
export const howToCompare = 'Select two runs or more to compare them: X selects the run that keys or the pointer mean.'
