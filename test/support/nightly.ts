/** Whether tests run at their full size, with `NIGHTLY=1`. `npm test` runs often, and takes smaller ones. */
export const nightly = process.env.NIGHTLY === '1'

/** How often a property is tried: `usual` times in `npm test`, `full` times at night. */
export const tries = (usual: number, full: number): { readonly numRuns: number } => ({
  numRuns: nightly ? full : usual,
})
