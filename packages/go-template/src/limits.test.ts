import { FileNotLoaded } from '@driftless/foundation'
import { describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import { goFunctions } from './functions/engines.ts'
import { fn } from './functions/signature.ts'

const limit = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
const render =
  (text: string, limits = {}) =>
  () =>
    compile(text, { engine: 'sprig' }).render({}, { limits })

describe('[L] hostile templates end in LIMIT_EXCEEDED', () => {
  it('[L1] a loop that takes too many steps', () => {
    expect(render('{{ range 100000000000 }}{{ end }}', { steps: 10_000 })).toThrow(limit)
    expect(render('{{ range until 1000000000 }}{{ end }}')).toThrow(limit)
  })

  it('[L2] output that grows too long', () => {
    expect(render('{{ range 1000 }}0123456789{{ . }}{{ end }}', { outputBytes: 5_000 })).toThrow(limit)
  })

  it('[L3] texts that functions blow up', () => {
    expect(render('{{ repeat 1000000000 "x" }}')).toThrow(limit)
    expect(render('{{ indent 1000000000 "x" }}')).toThrow(limit)
    expect(render('{{ $x := "0123456789" }}{{ range 100 }}{{ $x = replace "0" $x $x }}{{ end }}')).toThrow(limit)
    expect(render('{{ $x := "0123456789" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}')).toThrow(limit)
  })

  it('[L4] templates that call themselves without end', () => {
    expect(render('{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}')).toThrow(limit)
  })

  it('[L5] keys and hashes that cost much count as many steps', () => {
    expect(render('{{ range 1000 }}{{ bcrypt "x" }}{{ end }}', { steps: 100_000 })).toThrow(limit)
  })
})

describe('[B] the engine stays within its border', () => {
  it('[B1] a file that is not loaded yet passes through untouched', () => {
    const functions = new Map([
      ...goFunctions,
      [
        'read',
        fn([], () => {
          throw new FileNotLoaded('a.txt')
        }),
      ],
    ])
    expect(() => compile('{{ define "x" }}{{ read }}{{ end }}{{ template "x" }}', { functions }).render({})).toThrow(
      FileNotLoaded,
    )
  })

  it('[B2] nothing of the prototype of an object is seen as a key', () => {
    const text = '{{ .constructor }}|{{ .map.toString }}|{{ hasKey .map "valueOf" }}|{{ index .map "__proto__" }}'
    expect(compile(text, { engine: 'sprig' }).render({ map: {} })).toBe('<no value>|<no value>|false|<no value>')
  })

  it('[B3] a key named __proto__ is a key', () => {
    const text = '{{ $d := dict "__proto__" "x" }}{{ $d }} {{ get $d "__proto__" }} {{ (set (dict) "__proto__" 1).a }}'
    expect(compile(text, { engine: 'sprig' }).render({})).toBe('map[__proto__:x] x <no value>')
  })

  it('[B4] errors carry their place', () => {
    const place = { file: 'page', line: 2, column: 6 }
    expect(() => compile('a\n{{ .x.y }}', { name: 'page' }).render({ x: 's' })).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_EXECUTE', place }),
    )
    expect(() => compile('a\n{{ if }}', { name: 'page' })).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_PARSE', place: { file: 'page', line: 2 } }),
    )
  })

  it('[B5] data is copied: a template cannot change what its caller gave', () => {
    const data = { map: { a: 1 } }
    compile('{{ set .map "b" 2 }}', { engine: 'sprig' }).render(data)
    expect(data).toEqual({ map: { a: 1 } })
  })

  it('[B6] time and randomness are the caller’s', () => {
    const options = {
      now: () => new Date('2026-01-02T03:04:05Z'),
      randomBytes: (count: number) => new Uint8Array(count),
    }
    expect(
      compile('{{ now | date "2006-01-02" }} {{ randAlpha 3 }} {{ uuidv4 }}', { engine: 'sprig' }).render({}, options),
    ).toBe('2026-01-02 aaa 00000000-0000-4000-8000-000000000000')
  })

  it('[B7] the appset engine has no functions that look at the machine', () => {
    expect(() => compile('{{ env "HOME" }}', { engine: 'appset' })).toThrow('function "env" not defined')
  })
})

describe('[K] keys and certificates', () => {
  const options = {
    now: () => new Date('2026-01-02T03:04:05Z'),
    randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
  }

  it('[K1] a signed certificate is valid under its authority', async () => {
    const { X509Certificate } = await import('node:crypto')
    const text =
      '{{ $ca := genCA "my-ca" 10 }}{{ $c := genSignedCert "web" (list "10.0.0.1" "fd00::1") (list "a.example") 5 $ca }}{{ $ca.Cert }}|{{ $c.Cert }}|{{ $c.Key }}'
    const [ca = '', cert = '', key = ''] = compile(text, { engine: 'sprig' }).render({}, options).split('|')
    const authority = new X509Certificate(ca)
    const certificate = new X509Certificate(cert)
    expect(certificate.verify(authority.publicKey)).toBe(true)
    expect(certificate.checkIssued(authority)).toBe(true)
    expect(authority.ca).toBe(true)
    expect(certificate.subjectAltName).toBe('DNS:a.example, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:0:1')
    expect(certificate.validTo).toBe('Jan  7 03:04:05 2026 GMT')
    const { createPrivateKey } = await import('node:crypto')
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true)
  })
})
