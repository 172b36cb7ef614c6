import type { TSchema } from 'typebox';
import { FAULTS_MAX, type Fault } from '../kernel/errors.ts';
import { formOf } from './expected-forms.ts';
import { nearestName } from './nearest-name.ts';

/** What is repeated of a name that somebody sent. */
const NAME_SHOWN_MAX = 100;

/** An error as the schema compiler reports it. */
export type SchemaError = {
  keyword: string;
  schemaPath: string;
  instancePath: string;
  params: Record<string, unknown>;
  message: string;
};

/** Turns a schema compiler's errors into faults for people: one per place, in the order of the places. */
export function faultsOf(errors: SchemaError[], schema: TSchema): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of resolveUnions(errors)) {
    for (const fault of toFaults(error, schema)) {
      if (!faults.has(fault.pointer)) faults.set(fault.pointer, fault);
      if (faults.size === FAULTS_MAX) return [...faults.values()];
    }
  }
  return [...faults.values()];
}

/**
 * Of a union only the branch counts that the value chose by its literal members (`type: 'heading'`). Where it chose
 * none, the literals that would have been allowed are named instead of every branch's errors.
 */
function resolveUnions(errors: SchemaError[]): SchemaError[] {
  return errors
    .filter((error) => error.keyword === 'anyOf')
    .reduce<SchemaError[]>((left, union) => {
      const prefix = `${union.schemaPath}/anyOf/`;
      const branchOf = ({ schemaPath }: SchemaError) =>
        schemaPath.startsWith(prefix) ? schemaPath.slice(prefix.length).split('/')[0] : undefined;
      const isInside = (error: SchemaError) =>
        branchOf(error) !== undefined && error.instancePath.startsWith(union.instancePath);
      const literals = left.filter((error) => isInside(error) && error.keyword === 'const');
      const refused = new Set(literals.map(branchOf));
      const chosen = left.filter((error) => isInside(error) && !refused.has(branchOf(error)));
      const outside = left.filter((error) => error !== union && !isInside(error));
      if (chosen.length > 0) return [...outside, ...chosen];
      const [literal] = literals;
      if (!literal) return left;
      const allowedValues = [...new Set(literals.map((error) => error.params.allowedValue))];
      return [...outside, { ...literal, keyword: 'enum', params: { allowedValues } }];
    }, errors);
}

function toFaults({ keyword, instancePath, params, message }: SchemaError, schema: TSchema): Fault[] {
  const at = (what: string, expected: string): Fault[] => [{ pointer: instancePath, message: what, expected }];
  switch (keyword) {
    case 'required':
      return (params.requiredProperties as string[]).map((name) => ({
        pointer: `${instancePath}/${escapePointer(name)}`,
        message: 'is missing',
        expected: 'a value',
      }));
    case 'additionalProperties': {
      const known = knownNames(schema, instancePath);
      const names = (params.additionalProperties as string[]).slice(0, FAULTS_MAX);
      return names.map((name) => unknownMember(instancePath, name, known));
    }
    case 'boolean': // the unknown member again, without its name
      return [];
    case 'enum':
      return at('is not one of the allowed values', `one of ${(params.allowedValues as unknown[]).join(', ')}`);
    case 'const':
      return at('is not the allowed value', JSON.stringify(params.allowedValue));
    case 'type':
      return at(`must be ${params.type as string}`, params.type as string);
    case 'pattern':
    case 'format':
      return at('is not in the expected form', formOf(params) ?? 'a text of another form');
    default:
      return at(message, 'limit' in params ? `limit ${params.limit as number}` : 'a valid value');
  }
}

/** The fault of a member that the schema does not know, with the nearest known name. */
function unknownMember(parent: string, name: string, known: string[]): Fault {
  const nearest = nearestName(name, known);
  const shown = name.length > NAME_SHOWN_MAX ? `${name.slice(0, NAME_SHOWN_MAX)}…` : name;
  return {
    pointer: `${parent}/${escapePointer(shown)}`,
    message: `is not a known member${nearest ? `; did you mean ${nearest}?` : ''}`,
    expected: known.length > 0 ? `one of ${known.join(', ')}` : 'no such member',
  };
}

/** RFC 6901: `~` and `/` of a member's name. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

type Node = { properties?: Record<string, Node>; patternProperties?: Record<string, Node>; items?: Node };

/** The member names that the schema knows at a pointer; empty where the place cannot be told (a union). */
function knownNames(schema: TSchema, pointer: string): string[] {
  let node: Node | undefined = schema as Node;
  for (const part of pointer.split('/').slice(1)) {
    const byPattern: Node | undefined = Object.values(node?.patternProperties ?? {})[0];
    node = /^\d+$/.test(part) && node?.items ? node.items : (node?.properties?.[part] ?? byPattern);
  }
  return Object.keys(node?.properties ?? {});
}
