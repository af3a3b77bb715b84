export const simpleFalse = 20
export const simpleTrue = 21
export const simpleNull = 22
export const simpleUndefined = 23

/** The notation of a simple value. */
export function simpleText(value: number): string {
  switch (value) {
    case simpleFalse:
      return 'false'
    case simpleTrue:
      return 'true'
    case simpleNull:
      return 'null'
    case simpleUndefined:
      return 'undefined'
    default:
      return `simple(${value})`
  }
}
