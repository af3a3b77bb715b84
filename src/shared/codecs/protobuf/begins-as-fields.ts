/** Whether a text without a message type begins as fields in wire notation do, so that its faults are those of fields. */
export const beginsAsFields = (text: string): boolean => /^\s*(?:[\d#`]|long-form)/.test(text)
