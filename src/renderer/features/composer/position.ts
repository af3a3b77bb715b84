/** Where an offset is in a text: `Line 2, column 5: `, or only the column when there is one line. */
export function positionIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n')
  const column = (lines.at(-1)?.length ?? 0) + 1
  return text.includes('\n') ? `Line ${lines.length}, column ${column}: ` : `Column ${column}: `
}
