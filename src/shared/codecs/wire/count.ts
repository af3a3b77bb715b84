const plurals = { item: 'items', entry: 'entries', byte: 'bytes', document: 'documents' } as const

/** A count in words: `1 entry`, `3 items`. */
export function countOf(count: number | bigint, thing: keyof typeof plurals): string {
  return `${count} ${Number(count) === 1 ? thing : plurals[thing]}`
}
