import type { ServerResponse } from 'node:http'
import { printYaml } from '@driftless/kube-objects'
import type { Representation } from './media-type.ts'

/** An answer in the making: warnings collected on the way become headers. */
export class Reply {
  readonly #response: ServerResponse
  readonly #warnings = new Set<string>()
  pretty = false

  constructor(response: ServerResponse) {
    this.#response = response
  }

  get response(): ServerResponse {
    return this.#response
  }

  warn(text: string): void {
    this.#warnings.add(text)
  }

  /** Sends a value as the negotiated format says. */
  send(code: number, value: unknown, format: Representation['format'] = 'json'): void {
    const body = format === 'yaml' ? printYaml(value) : `${JSON.stringify(value, null, this.pretty ? 2 : undefined)}\n`
    this.sendText(code, body, format === 'yaml' ? 'application/yaml' : 'application/json')
  }

  sendText(code: number, text: string, type: string): void {
    this.begin(code, type, { 'content-length': Buffer.byteLength(text) })
    this.#response.end(text)
  }

  /** Sends the head of an answer whose body follows in pieces. */
  begin(code: number, type: string, headers: Readonly<Record<string, string | number>> = {}): void {
    const warnings = [...this.#warnings].map((text) => `299 - ${quoteHeader(text)}`)
    if (warnings.length > 0) this.#response.setHeader('warning', warnings)
    this.#response.writeHead(code, { 'cache-control': 'no-cache, private', 'content-type': type, ...headers })
  }
}

function quoteHeader(text: string): string {
  const printable = text.replaceAll(/[^\x20-\x7e]/g, '?')
  return `"${printable.replaceAll(/["\\]/g, '\\$&')}"`
}
