import { Prisma } from './generated/client.ts'

/** A value of the model as a JSON column takes it; such values hold JSON only, which their types cannot say. */
export function jsonColumn(value: object): Prisma.InputJsonObject {
  return value as Prisma.InputJsonObject
}

/** As `jsonColumn`, for a column that may be null. */
export function optionalJsonColumn(value: object | undefined): Prisma.InputJsonObject | typeof Prisma.DbNull {
  return value === undefined ? Prisma.DbNull : jsonColumn(value)
}
