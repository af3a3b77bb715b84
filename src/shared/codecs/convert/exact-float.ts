/** Whether a decimal number as written is what the shortest digits of the float say. */
export const isExactly = (source: string, value: number): boolean => significant(source) === significant(String(value))

/** A decimal number without needless zeros: its digits and the power of ten that they are multiplied by. */
function significant(source: string): string {
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.')
  const digits = whole + fraction
  let start = 0
  while (digits[start] === '0') start += 1
  // A loop, because a pattern would look through each run of zeros again and again.
  let end = digits.length
  while (end > start && digits[end - 1] === '0') end -= 1
  if (start === end) return '0'
  return `${sign}${digits.slice(start, end)}e${Number(exponent) - fraction.length + digits.length - end}`
}
