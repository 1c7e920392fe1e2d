import { LimitErrors } from '@driftless/foundation'
import type { GoValue } from '../value/go-value.ts'
import type { CompiledTemplate } from './compiled-template.ts'

/** What a template may use up before it is stopped; every limit ends in `LIMIT_EXCEEDED`. */
export interface TemplateLimits {
  /** UTF-16 units that one template may write; also the longest string a function may make. */
  readonly outputBytes: number
  /** Actions, iterations and function calls. */
  readonly steps: number
  /** Nested template calls. */
  readonly depth: number
}

/** Enough for the largest public charts by an order of magnitude. */
export const defaultLimits: TemplateLimits = { outputBytes: 64 * 1024 * 1024, steps: 50_000_000, depth: 1_000 }

/** What a missing map key gives: `default` and `invalid` nothing, `zero` the zero value, `error` an error. */
export type MissingKey = 'default' | 'invalid' | 'zero' | 'error'

/** Everything an execution gets from outside. */
export interface RuntimeOptions {
  readonly templates: ReadonlyMap<string, CompiledTemplate>
  readonly missingKey: MissingKey
  readonly now: () => Date
  readonly randomBytes: (count: number) => Uint8Array
  readonly limits?: Partial<TemplateLimits>
  /** Whatever the functions of the host need; the engine itself never looks at it. */
  readonly host?: unknown
}

/** One execution with its budgets; shared by all templates it calls. */
export class Runtime {
  readonly options: RuntimeOptions
  readonly limits: TemplateLimits
  /** Templates in sight; a host function may change them while it runs a template. */
  templates: ReadonlyMap<string, CompiledTemplate>
  depth = 0
  private steps = 0
  private text = 0

  constructor(options: RuntimeOptions) {
    this.options = options
    this.templates = options.templates
    this.limits = { ...defaultLimits, ...options.limits }
  }

  /** Counts an action, an iteration or a call. */
  step(count = 1): void {
    this.steps += count
    if (this.steps > this.limits.steps)
      throw LimitErrors.EXCEEDED({ what: 'the number of template steps', limit: this.limits.steps })
  }

  /** Counts text that a function made, before or after making it. */
  spendText(length: number): void {
    this.text += length
    if (length > this.limits.outputBytes || this.text > this.limits.outputBytes * 16) {
      throw LimitErrors.EXCEEDED({ what: 'the text made by template functions', limit: this.limits.outputBytes })
    }
  }

  /** Fails when a template has written too much. */
  checkOutput(length: number): void {
    if (length > this.limits.outputBytes)
      throw LimitErrors.EXCEEDED({ what: 'the template output', limit: this.limits.outputBytes })
  }

  /** Runs a template with data; returns what it wrote. */
  execute(template: CompiledTemplate, data: GoValue): string {
    if (this.depth >= this.limits.depth)
      throw LimitErrors.EXCEEDED({ what: 'the depth of template calls', limit: this.limits.depth })
    this.depth += 1
    const text = template.run(this, data)
    this.depth -= 1
    return text
  }
}

/** What a stack that overflowed or a text that grew too long means; anything else comes back untouched. */
export function asLimitError(thrown: unknown): unknown {
  if (!(thrown instanceof RangeError)) return thrown
  if (thrown.message.includes('string length'))
    return LimitErrors.EXCEEDED({ what: 'the text made by a template', limit: defaultLimits.outputBytes })
  return LimitErrors.EXCEEDED({ what: 'the depth of template calls', limit: defaultLimits.depth })
}
