import { FAULTS_MAX } from '../../kernel/errors.ts';
import type { RuleFault } from '../edits.ts';
import { escapePointer } from '../faults.ts';
import { isRecord } from '../merge-patch.ts';
import { nearestName } from '../nearest-name.ts';
import {
  ATTRIBUTE_ITEMS_MAX,
  ATTRIBUTE_NAME,
  ATTRIBUTE_TEXT_MAX,
  ATTRIBUTES_MAX,
  type AttributeSchema,
  type AttributeType,
} from './attribute-schema.ts';

/** What a value is held against: a described attribute, or the type of the values in its list. */
type Described = Omit<AttributeType, 'items'> & { items?: AttributeType['items'] };
type Broken = { message: string; expected: string };

const REASON = 'offering.attribute-invalid';
const attributeName = new RegExp(ATTRIBUTE_NAME);
const POINTER = '/attributes';
const NAME_SHOWN_MAX = 100;

/**
 * What is wrong with an offering's `attributes` by the schema of its category; each fault at its own pointer. Without a
 * schema any attributes pass that are texts, numbers, booleans or lists of them. An attribute that the schema does not
 * describe is a fault unless it says `additionalProperties: true`. At most 50 attributes, however many are allowed.
 */
export function attributeFaults(schema: AttributeSchema | undefined, attributes: unknown = {}): RuleFault[] {
  if (!isRecord(attributes)) return [fault(POINTER, { message: 'must be object', expected: 'object' })];
  const names = Object.keys(attributes);
  if (names.length > ATTRIBUTES_MAX)
    return [fault(POINTER, { message: `has ${names.length} attributes`, expected: `at most ${ATTRIBUTES_MAX}` })];
  const described = schema?.properties ?? {};
  const missing = (schema?.required ?? []).filter((name) => !Object.hasOwn(attributes, name));
  const faults = [
    ...missing.map((name) => fault(pointerTo(name), { message: 'is missing', expected: 'a value' })),
    ...names.flatMap((name) => {
      const type = Object.hasOwn(described, name) ? described[name] : undefined;
      if (type) return valueFaults(type, attributes[name], pointerTo(name));
      const isTaken = !schema || schema.additionalProperties === true;
      const broken = isTaken ? looseFault(name, attributes[name]) : unknownFault(name, Object.keys(described));
      return broken ? [fault(pointerTo(name), broken)] : [];
    }),
  ];
  return faults.slice(0, FAULTS_MAX);
}

function valueFaults(type: Described, value: unknown, pointer: string): RuleFault[] {
  if (type.type !== 'array') {
    const broken = scalarFault(type, value);
    return broken ? [fault(pointer, broken)] : [];
  }
  if (!Array.isArray(value)) return [fault(pointer, { message: 'must be array', expected: 'array' })];
  const broken = listFault(type, value);
  if (broken) return [fault(pointer, broken)];
  const { items } = type;
  return items ? value.flatMap((item, place) => valueFaults(items, item, `${pointer}/${place}`)) : [];
}

function listFault({ minItems = 0, maxItems = ATTRIBUTE_ITEMS_MAX, uniqueItems }: Described, values: unknown[]) {
  if (values.length < minItems) return { message: 'has too few values', expected: `at least ${minItems}` };
  if (values.length > maxItems) return { message: 'has too many values', expected: `at most ${maxItems}` };
  if (uniqueItems && new Set(values).size < values.length)
    return { message: 'has a value twice', expected: 'each value once' };
  return undefined;
}

function scalarFault(type: Described, value: unknown): Broken | undefined {
  if (!isOfType(type.type, value)) return { message: `must be ${type.type}`, expected: type.type };
  if (type.enum && !type.enum.includes(value as string | number))
    return { message: 'is not one of the allowed values', expected: `one of ${type.enum.join(', ')}` };
  return typeof value === 'string' ? lengthFault(type, value) : rangeFault(type, value);
}

function isOfType(type: Described['type'], value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return type === 'number' ? Number.isFinite(value) : typeof value === type;
}

/** Lengths count characters (code points), as JSON Schema does. */
function lengthFault({ minLength = 0, maxLength = ATTRIBUTE_TEXT_MAX }: Described, text: string): Broken | undefined {
  const isFar = text.length > 2 * maxLength; // no need to count
  const length = isFar ? text.length : Array.from(text).length;
  if (length < minLength) return { message: 'is too short', expected: `at least ${minLength} characters` };
  if (length > maxLength) return { message: 'is too long', expected: `at most ${maxLength} characters` };
  return undefined;
}

function rangeFault({ minimum, maximum }: Described, value: unknown): Broken | undefined {
  if (minimum !== undefined && Number(value) < minimum)
    return { message: 'is too small', expected: `at least ${minimum}` };
  if (maximum !== undefined && Number(value) > maximum)
    return { message: 'is too large', expected: `at most ${maximum}` };
  return undefined;
}

/** The fault of an attribute that nothing describes but its bounds; undefined when it is a value or a list of values. */
function looseFault(name: string, value: unknown): Broken | undefined {
  if (!attributeName.test(name))
    return {
      message: 'is not the name of an attribute',
      expected: 'at most 40 of A–Z, a–z, 0–9 and _, a letter first',
    };
  const values = Array.isArray(value) ? value : [value];
  const isValue = (one: unknown) => ['string', 'number', 'boolean'].includes(typeof one);
  if (!values.every(isValue)) return { message: 'is no value', expected: 'a text, number, boolean or a list of them' };
  if (Array.isArray(value) && value.length > ATTRIBUTE_ITEMS_MAX) return listFault({ type: 'array' }, value);
  const tooLong = values.find((one) => typeof one === 'string' && lengthFault({ type: 'string' }, one));
  return tooLong === undefined ? undefined : lengthFault({ type: 'string' }, String(tooLong));
}

function unknownFault(name: string, known: string[]): Broken {
  const nearest = nearestName(name, known);
  return {
    message: `is not an attribute of the category${nearest ? `; did you mean ${nearest}?` : ''}`,
    expected: known.length > 0 ? `one of ${known.join(', ')}` : 'no attribute',
  };
}

function pointerTo(name: string): string {
  const shown = name.length > NAME_SHOWN_MAX ? `${name.slice(0, NAME_SHOWN_MAX)}…` : name;
  return `${POINTER}/${escapePointer(shown)}`;
}

function fault(pointer: string, broken: Broken): RuleFault {
  return { pointer, ...broken, reason: REASON };
}
