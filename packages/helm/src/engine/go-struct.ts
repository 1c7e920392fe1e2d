import { type GoMethod, GoObject, type GoValue } from '@driftless/go-template'

/** How a {@link GoStruct} is made. */
export interface StructOptions {
  /** Name as `%T` prints it. */
  readonly goType: string
  readonly fields: Readonly<Record<string, GoValue>>
  /** What encoders see, where it is not the fields. */
  readonly encoded?: Readonly<Record<string, GoValue>>
  /** What `String()` gives, where the type has it. */
  readonly text?: string
}

/** A struct with fixed fields: any other field is an error, unlike a missing key of a map. */
export class GoStruct extends GoObject {
  readonly goType: string
  override readonly goKind: string
  private readonly options: StructOptions

  constructor(options: StructOptions) {
    super()
    this.goType = options.goType
    this.goKind = options.goType.startsWith('*') ? 'ptr' : 'struct'
    this.options = options
  }

  field(name: string): GoValue {
    const { fields } = this.options
    return Object.hasOwn(fields, name) ? fields[name] : undefined
  }

  override method(name: string): GoMethod | undefined {
    const { text } = this.options
    return name === 'String' && text !== undefined ? { params: [], call: () => text } : undefined
  }

  print(): string {
    const { text, fields, encoded } = this.options
    if (text !== undefined) return text
    const parts = Object.values(encoded ?? fields).map((value) =>
      value instanceof GoObject ? value.print() : String(value),
    )
    return `${this.goType.startsWith('*') ? '&' : ''}{${parts.join(' ')}}`
  }

  plain(): unknown {
    return this.options.encoded ?? this.options.fields
  }
}
