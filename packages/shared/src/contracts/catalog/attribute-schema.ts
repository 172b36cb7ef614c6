import { type Static, Type } from 'typebox';
import { closed, Localized, Text } from '../atoms.ts';
import type { RuleFault } from '../edits.ts';
import { escapePointer } from '../faults.ts';

/** Attributes that a category may describe, and that an offering may have, at most. */
export const ATTRIBUTES_MAX = 50;
/** An attribute's text, and the number of values in its list, at most, whatever the schema allows. */
export const ATTRIBUTE_TEXT_MAX = 2_000;
export const ATTRIBUTE_ITEMS_MAX = 50;
/** Bytes of a schema as JSON at most. */
const SCHEMA_BYTES_MAX = 16 * 1024;

/** Names of attributes: members that no database and no prototype takes for its own. */
export const ATTRIBUTE_NAME = '^(?!constructor$|prototype$)[A-Za-z][A-Za-z0-9_]{0,39}$';

const Bound = Type.Optional(Type.Number());
const Length = (maximum: number) => Type.Optional(Type.Integer({ minimum: 0, maximum }));
const Choices = Type.Optional(
  Type.Array(Type.Union([Type.String({ maxLength: 200 }), Type.Number()]), {
    minItems: 1,
    maxItems: 100,
    uniqueItems: true,
    description: 'The values that are allowed, of the type.',
  }),
);

const scalar = {
  enum: Choices,
  minLength: Length(ATTRIBUTE_TEXT_MAX),
  maxLength: Length(ATTRIBUTE_TEXT_MAX),
  minimum: Bound,
  maximum: Bound,
};
const words = {
  title: Type.Optional(Text(120)),
  titles: Type.Optional(Localized(120)),
  description: Type.Optional(Text(300)),
};
const scalarTypes = ['string', 'number', 'integer', 'boolean'] as const;

const AttributeItems = Type.Object({ type: Type.Enum([...scalarTypes]), ...scalar }, closed);
/** One attribute: a value of a simple type, one of several, or a list of such values. */
export const AttributeType = Type.Object(
  {
    type: Type.Enum([...scalarTypes, 'array']),
    ...words,
    ...scalar,
    items: Type.Optional(AttributeItems),
    minItems: Length(ATTRIBUTE_ITEMS_MAX),
    maxItems: Length(ATTRIBUTE_ITEMS_MAX),
    uniqueItems: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type AttributeType = Static<typeof AttributeType>;

/**
 * What the `attributes` of a category's offerings look like: the part of JSON Schema that can be checked in bounded
 * time and shown as a form. `pattern`, references and combinations are not in it.
 */
export const AttributeSchema = Type.Object(
  {
    type: Type.Literal('object'),
    title: words.title,
    description: words.description,
    properties: Type.Record(Type.String({ pattern: ATTRIBUTE_NAME }), AttributeType, {
      ...closed,
      maxProperties: ATTRIBUTES_MAX,
    }),
    required: Type.Optional(Type.Array(Type.String(), { maxItems: ATTRIBUTES_MAX, uniqueItems: true })),
    additionalProperties: Type.Optional(
      Type.Boolean({
        description: 'Whether attributes that are not described are taken; they are not unless it is true.',
      }),
    ),
  },
  {
    ...closed,
    description:
      'A subset of JSON Schema for the `attributes` of offerings: values of simple types, lists of them, bounds and choices; at most 16 KB. A sub-category without one takes that of its parent.',
  },
);
export type AttributeSchema = Static<typeof AttributeSchema>;

const REASON = 'category.attribute-schema-invalid';

/** Which bounds a type knows. */
const boundsOf: Record<AttributeType['type'], readonly string[]> = {
  string: ['enum', 'minLength', 'maxLength'],
  number: ['enum', 'minimum', 'maximum'],
  integer: ['enum', 'minimum', 'maximum'],
  boolean: [],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
};
const allBounds = [...new Set(Object.values(boundsOf).flat())];

/** What its contract cannot say of a schema: bounds that fit their type and each other, names that exist, its size. */
export function attributeSchemaFaults(schema: AttributeSchema, pointer = '/attributeSchema'): RuleFault[] {
  const bytes = Buffer.byteLength(JSON.stringify(schema));
  const names = Object.keys(schema.properties);
  const unknown = (schema.required ?? []).flatMap((name, place) =>
    names.includes(name)
      ? []
      : [fault(`${pointer}/required/${place}`, 'is not described', `one of ${names.join(', ')}`)],
  );
  return [
    ...(bytes > SCHEMA_BYTES_MAX ? [fault(pointer, `has ${bytes} bytes`, `at most ${SCHEMA_BYTES_MAX}`)] : []),
    ...unknown,
    ...Object.entries(schema.properties).flatMap(([name, type]) =>
      typeFaults(type, `${pointer}/properties/${escapePointer(name)}`),
    ),
  ];
}

function typeFaults(type: AttributeType, pointer: string): RuleFault[] {
  const known = boundsOf[type.type];
  const foreign = allBounds.filter((name) => name in type && !known.includes(name));
  const noItems = type.type === 'array' && !type.items;
  return [
    ...foreign.map((name) => fault(`${pointer}/${name}`, `does not bound a ${type.type}`, oneOf(known))),
    ...(noItems ? [fault(`${pointer}/items`, 'is missing', 'the type of the values in the list')] : []),
    ...orderFaults(type, pointer),
    ...choiceFaults(type, pointer),
    ...(type.items ? typeFaults(type.items, `${pointer}/items`) : []),
  ];
}

function orderFaults(type: AttributeType, pointer: string): RuleFault[] {
  const pairs = [
    ['minLength', 'maxLength'],
    ['minimum', 'maximum'],
    ['minItems', 'maxItems'],
  ] as const;
  return pairs.flatMap(([low, high]) => {
    const [least, most] = [type[low], type[high]];
    if (least === undefined || most === undefined || least <= most) return [];
    return [fault(`${pointer}/${high}`, `is less than ${low}`, `at least ${least}`)];
  });
}

function choiceFaults({ type, enum: choices = [] }: AttributeType, pointer: string): RuleFault[] {
  const fits = (choice: string | number) =>
    type === 'string'
      ? typeof choice === 'string'
      : type === 'integer'
        ? Number.isInteger(choice)
        : typeof choice === 'number';
  return choices.flatMap((choice, place) =>
    fits(choice) ? [] : [fault(`${pointer}/enum/${place}`, `is no ${type}`, `a ${type}`)],
  );
}

function oneOf(names: readonly string[]): string {
  return names.length > 0 ? `one of ${names.join(', ')}` : 'no bound';
}

function fault(pointer: string, message: string, expected: string): RuleFault {
  return { pointer, message, expected, reason: REASON };
}
