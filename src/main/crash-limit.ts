/** Whether something that failed may be retried: not after `most` failures within `withinMs`. */
export function createCrashLimit(most: number, withinMs: number, now: () => number): () => boolean {
  let recent: number[] = []
  return () => {
    const time = now()
    recent = recent.filter((each) => time - each < withinMs)
    recent.push(time)
    return recent.length <= most
  }
}
