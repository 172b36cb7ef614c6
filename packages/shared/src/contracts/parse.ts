import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { AppError } from '../kernel/errors.ts';
import { faultsOf, type SchemaError } from './faults.ts';

// The compiler stops at 8 errors by itself; a union alone reports more, and the caller is to see all faults at once.
Settings.Set({ maxErrors: 500 });

export type Parser<T> = (value: unknown) => T;

/**
 * Compiles a schema into a guard for an edge. The guard answers the value itself, or throws VALIDATION_FAILED
 * (`reason`) with every fault at its own pointer: a missing member at the member, an unknown one with the nearest
 * known name, a value with what was expected.
 */
export function createParser<S extends TSchema>(schema: S, reason = 'request.invalid'): Parser<Static<S>> {
  const validator = Compile(schema);
  return (value) => {
    if (validator.Check(value)) return value as Static<S>;
    throw AppError.invalid(reason, faultsOf(validator.Errors(value) as SchemaError[], schema));
  };
}
