/** What rendering a subject gave: the text, or the message of its failure. */
export type Outcome = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string }
