/** This page load's nonce for style sheets that libraries create at run time; the host writes it into the page. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
