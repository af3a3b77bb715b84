/** This load's nonce for style sheets that libraries make at run time; the host puts it into the page. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
