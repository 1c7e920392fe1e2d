import type { KeyObject } from 'node:crypto'
import { type CertificateRequest, issueCertificate, parseCertificate } from '../../crypto/certificate.ts'
import { generateEcKey, generateEdKey, generateRsaKey, parseKey, printKey } from '../../crypto/private-key.ts'
import { FunctionError } from '../../errors.ts'
import type { Runtime } from '../../execute/runtime.ts'
import { printValue } from '../../format/print.ts'
import { type GoList, GoObject, type GoValue } from '../../value/go-value.ts'
import { fn, type TemplateFunction, withRun } from '../signature.ts'

/** A certificate and its key, both in PEM. */
class Certificate extends GoObject {
  readonly goType = 'sprig.certificate'
  readonly cert: string
  readonly key: string

  constructor(cert: string, key: string) {
    super()
    this.cert = cert
    this.key = key
  }

  field(name: string): GoValue {
    return name === 'Cert' ? this.cert : name === 'Key' ? this.key : undefined
  }

  print(): string {
    return `{${this.cert} ${this.key}}`
  }

  plain(): unknown {
    return { Cert: this.cert, Key: this.key }
  }
}

/** Steps that a key is worth, so that templates cannot keep a thread busy with them. */
const keySteps = 500_000

function newKey(run: Runtime): KeyObject {
  run.step(keySteps)
  return generateRsaKey(2048, run.options.randomBytes)
}

function privateKey(run: Runtime, type: string): string {
  run.step(keySteps)
  const random = run.options.randomBytes
  switch (type) {
    case '':
    case 'rsa':
      return printKey(generateRsaKey(4096, random))
    case 'ecdsa':
      return printKey(generateEcKey(random))
    case 'ed25519':
      return printKey(generateEdKey(random))
    case 'dsa':
      throw new FunctionError('DSA keys are obsolete and not made here: use rsa, ecdsa or ed25519')
    default:
      return `Unknown type ${type}`
  }
}

function keyOf(pem: string, what = 'parsing private key'): KeyObject {
  try {
    return parseKey(pem)
  } catch (thrown) {
    if (thrown instanceof FunctionError) throw new FunctionError(`${what}: ${thrown.message}`)
    throw thrown
  }
}

function addressBytes(value: GoValue): Uint8Array {
  if (typeof value !== 'string') throw new FunctionError(`error parsing ip: ${printValue(value)} is not a string`)
  const wrong = new FunctionError(`error parsing ip: ${value}`)
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(value)) {
    const parts = value.split('.').map(Number)
    if (parts.some((part) => part > 255)) throw wrong
    return Uint8Array.from(parts)
  }
  const [head = '', tail] = value.split('::') as [string, string | undefined]
  const groups = (half: string) => (half === '' ? [] : half.split(':'))
  const left = groups(head)
  const right = groups(tail ?? '')
  const fill = tail === undefined ? 0 : 8 - left.length - right.length
  const all = [...left, ...new Array<string>(Math.max(fill, 0)).fill('0'), ...right]
  if (all.length !== 8 || !all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) throw wrong
  return Uint8Array.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]))
}

function dnsName(value: GoValue): string {
  if (typeof value === 'string') return value
  throw new FunctionError(`error processing alternate dns name: ${printValue(value)} is not a string`)
}

type Wanted = Pick<CertificateRequest, 'commonName' | 'days' | 'isAuthority' | 'key' | 'issuer'> & {
  addresses: GoList
  names: GoList
}

function issue(run: Runtime, wanted: Wanted): Certificate {
  const { addresses, names, key } = wanted
  const details = { addresses: addresses.map(addressBytes), names: names.map(dnsName) }
  const cert = issueCertificate({ ...wanted, ...details, now: run.options.now(), random: run.options.randomBytes })
  return new Certificate(cert, printKey(key))
}

function authority(run: Runtime, commonName: string, options: { days: number; key: KeyObject }): Certificate {
  return issue(run, { commonName, ...options, isAuthority: true, addresses: [], names: [] })
}

function issuerOf(value: GoValue): { certificate: string; key: KeyObject } {
  const { cert, key } = value as Certificate
  parseCertificate(cert, 'decodedSignerCert')
  return { certificate: cert, key: keyOf(key, 'error parsing private key') }
}

function customCertificate(cert: string, key: string): Certificate {
  const decode = (text: string, what: string) => {
    if (!/^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/.test(text)) throw new FunctionError(`unable to decode base64 ${what}`)
    return Buffer.from(text, 'base64').toString('utf8')
  }
  const pem = decode(cert, 'certificate')
  const keyPem = decode(key, 'private key')
  parseCertificate(pem, 'decodedCert')
  keyOf(keyPem, 'error parsing private key')
  return new Certificate(pem, keyPem)
}

/** Key and certificate functions of sprig; randomness and time are the caller's. */
export const certificates: Readonly<Record<string, TemplateFunction>> = {
  genPrivateKey: withRun(['string'], privateKey),
  buildCustomCert: fn(['string', 'string'], customCertificate),
  genCA: withRun(['string', 'int'], (run, commonName, days) => authority(run, commonName, { days, key: newKey(run) })),
  genCAWithKey: withRun(['string', 'int', 'string'], (run, commonName, days, pem) =>
    authority(run, commonName, { days, key: keyOf(pem) }),
  ),
  genSelfSignedCert: withRun(['string', 'list', 'list', 'int'], (run, commonName, addresses, names, days) =>
    issue(run, { commonName, addresses, names, days, isAuthority: false, key: newKey(run) }),
  ),
  genSelfSignedCertWithKey: withRun(
    ['string', 'list', 'list', 'int', 'string'],
    (run, commonName, addresses, names, days, pem) =>
      issue(run, { commonName, addresses, names, days, isAuthority: false, key: keyOf(pem) }),
  ),
  genSignedCert: withRun(
    ['string', 'list', 'list', 'int', 'certificate'],
    (run, commonName, addresses, names, days, ca) =>
      issue(run, { commonName, addresses, names, days, isAuthority: false, key: newKey(run), issuer: issuerOf(ca) }),
  ),
  genSignedCertWithKey: withRun(
    ['string', 'list', 'list', 'int', 'certificate', 'string'],
    (run, commonName, addresses, names, days, ca, pem) =>
      issue(run, { commonName, addresses, names, days, isAuthority: false, key: keyOf(pem), issuer: issuerOf(ca) }),
  ),
}
