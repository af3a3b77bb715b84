/** What stands in place of rows where a filter shows none. */
export function describeNothing({
  searching,
  problem,
}: {
  readonly searching: boolean
  readonly problem: string | null
}): string {
  if (problem !== null) return 'Nothing is searched for: there is a mistake in the text.'
  return searching ? 'Searching…' : 'Nothing matches the filter.'
}
