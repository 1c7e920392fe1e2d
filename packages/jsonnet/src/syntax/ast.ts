/** Where a node lies in its source: UTF-16 offsets, end exclusive. */
interface Range {
  readonly begin: number
  readonly end: number
}

/** A parameter of a function. */
export interface Parameter extends Range {
  readonly name: string
  readonly fallback: Expression | undefined
}

/** A name bound by `local`. */
export interface Bind extends Range {
  readonly name: string
  readonly body: Expression
}

/** How a field shows: `:` leaves it to the parent, `::` hides, `:::` shows. */
export type Visibility = 'inherit' | 'hidden' | 'visible'

/** A field of an object; the name is a constant or an expression evaluated outside the object. */
export interface Field extends Range {
  readonly name: string | Expression
  readonly visibility: Visibility
  /** True for `+:` and its kin. */
  readonly plus: boolean
  readonly body: Expression
}

/** An assertion inside an object. */
export interface ObjectAssert extends Range {
  readonly condition: Expression
  readonly message: Expression | undefined
}

/** `for` or `if` of a comprehension, in source order. */
export type ComprehensionStep =
  | {
      readonly kind: 'for'
      readonly name: string
      readonly list: Expression
      readonly begin: number
      readonly end: number
    }
  | { readonly kind: 'if'; readonly condition: Expression }

/** A named argument of a call. */
export interface NamedArgument {
  readonly name: string
  readonly value: Expression
}

export type BinaryOperator =
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '<<'
  | '>>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '&'
  | '^'
  | '|'
  | '&&'
  | '||'
  | 'in'

export type UnaryOperator = '!' | '~' | '+' | '-'

/** An expression of Jsonnet. */
export type Expression = Range &
  (
    | { readonly kind: 'null' | 'self' | 'dollar' }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'array'; readonly items: readonly Expression[] }
    | { readonly kind: 'array-comprehension'; readonly body: Expression; readonly steps: readonly ComprehensionStep[] }
    | ObjectExpression
    | ObjectComprehension
    | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
    | BinaryExpression
    | {
        readonly kind: 'if'
        readonly condition: Expression
        readonly then: Expression
        readonly otherwise: Expression | undefined
      }
    | { readonly kind: 'local'; readonly binds: readonly Bind[]; readonly body: Expression }
    | FunctionExpression
    | CallExpression
    | {
        readonly kind: 'index'
        readonly target: Expression
        readonly index: Expression
        /** True for `target.name`, whose index is a string. */
        readonly dotted: boolean
      }
    | { readonly kind: 'slice'; readonly target: Expression; readonly parts: readonly (Expression | undefined)[] }
    | { readonly kind: 'super-index'; readonly index: Expression }
    | { readonly kind: 'in-super'; readonly index: Expression }
    | { readonly kind: 'error'; readonly message: Expression }
    | {
        readonly kind: 'assert'
        readonly condition: Expression
        readonly message: Expression | undefined
        readonly rest: Expression
      }
    | { readonly kind: 'import'; readonly how: 'import' | 'importstr' | 'importbin'; readonly path: string }
  )

export interface ObjectExpression extends Range {
  readonly kind: 'object'
  readonly fields: readonly Field[]
  readonly locals: readonly Bind[]
  readonly asserts: readonly ObjectAssert[]
}

export interface ObjectComprehension extends Range {
  readonly kind: 'object-comprehension'
  readonly field: Field
  readonly locals: readonly Bind[]
  readonly steps: readonly ComprehensionStep[]
}

export interface BinaryExpression extends Range {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

export interface FunctionExpression extends Range {
  readonly kind: 'function'
  readonly parameters: readonly Parameter[]
  readonly body: Expression
}

export interface CallExpression extends Range {
  readonly kind: 'call'
  readonly target: Expression
  readonly positional: readonly Expression[]
  readonly named: readonly NamedArgument[]
  readonly tailstrict: boolean
}
