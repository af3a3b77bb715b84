/**
 * How many samples a percentile needs in order not to be a guess: ten of them then lie beyond it. That is 1,000 for p99
 * and 100,000 for p99.99.
 */
export const samplesFor = (percentile: number): number => Math.round(10 / (1 - percentile / 100))
