/** The languages that programs are written in, in the order in which they are offered. */
export const languageIds = ['python', 'c', 'cpp', 'rust', 'javascript', 'java', 'go', 'csharp'] as const

export type LanguageId = (typeof languageIds)[number]
