export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export const texts = (frames: readonly Uint8Array[]): string[] => frames.map((frame) => Buffer.from(frame).toString())
