import { fn, type TemplateFunction } from '../signature.ts'

/** Functions of sprig that look at the machine; there is nothing to see, so that a render depends on its input alone. */
export const surroundings: Readonly<Record<string, TemplateFunction>> = {
  env: fn(['string'], () => ''),
  expandenv: fn(['string'], (text) => text.replace(/\$(?:\{[^}]*\}|[A-Za-z_][A-Za-z0-9_]*)/g, '')),
  getHostByName: fn(['string'], () => ''),
}
