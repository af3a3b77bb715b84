import { isolatedParts } from './isolated-parts.ts'

/** The preview of a message on one line, in which text from right to left stays in its place. */
export function IsolatedText({ line }: { readonly line: string }) {
  return isolatedParts(line).map(({ text, isIsolated }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a part has no identity but its place
    isIsolated ? <bdi key={index}>{text}</bdi> : text,
  )
}
