import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Direction, findBreaks, type Schema } from './schema-breaks.ts';

const documentPath = fileURLToPath(new URL('../../openapi.json', import.meta.url));
/** The document as the last release had it. */
const baselinePath = fileURLToPath(new URL('./openapi.baseline.json', import.meta.url));

type Content = Record<string, { schema?: Schema }>;
type Parameter = { in: string; name: string; required?: boolean; schema?: Schema };
type Reply = { content?: Content; headers?: Record<string, unknown> };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses?: Record<string, Reply>;
  security?: Record<string, string[]>[];
};
type Components = { schemas?: Record<string, Schema> };
export type OpenApi = { paths: Record<string, Record<string, Operation>>; components?: Components };

/** What callers of the API in `before` would find broken in `after`, a sentence with its place each. */
export function findApiBreaks(before: OpenApi, after: OpenApi): string[] {
  const [was, is] = [operationsOf(before), operationsOf(after)];
  return Object.entries(was).flatMap(([name, operation]) => {
    const twin = is[name];
    if (!twin) return [`${name} was removed`];
    const breaks = [
      ...parameterBreaks(operation, twin),
      ...bodyBreaks(operation, twin),
      ...replyBreaks(operation, twin),
      ...accessBreaks(operation, twin),
    ];
    return breaks.map((line) => `${name} ${line}`);
  });
}

/** Operations by `GET /v1/companies`, with whole schemas in place of references. */
function operationsOf({ paths, components = {} }: OpenApi): Record<string, Operation> {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, resolve(operation, components, [])] as const,
    ),
  );
  return Object.fromEntries(operations) as Record<string, Operation>;
}

/** A schema within itself is cut: what breaks there breaks outside too. */
function resolve(node: unknown, components: Components, trail: string[]): unknown {
  if (Array.isArray(node)) return node.map((item) => resolve(item, components, trail));
  if (typeof node !== 'object' || node === null) return node;
  const { $ref } = node as { $ref?: unknown };
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? '';
    return trail.includes(name) ? {} : resolve(components.schemas?.[name] ?? {}, components, [...trail, name]);
  }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, resolve(value, components, trail)]));
}

function parameterBreaks({ parameters: was = [] }: Operation, { parameters: is = [] }: Operation): string[] {
  const nameOf = ({ in: place, name }: Parameter) => `${place} ${name}`;
  const before = new Map(was.map((parameter) => [nameOf(parameter), parameter]));
  const after = new Map(is.map((parameter) => [nameOf(parameter), parameter]));
  const removed = [...before.keys()].filter((name) => !after.has(name)).map((name) => `${name}: was removed`);
  const changed = [...after].flatMap(([name, { required = false, schema = {} }]) => {
    const old = before.get(name);
    return [
      ...(required && !old?.required ? [`${name}: became required`] : []),
      ...(old ? schemaBreaks(old.schema, schema, 'request', name) : []),
    ];
  });
  return [...removed, ...changed];
}

function bodyBreaks({ requestBody: was }: Operation, { requestBody: is }: Operation): string[] {
  const becameRequired = is?.required && !was?.required ? ['body: became required'] : [];
  return [...becameRequired, ...contentBreaks(was?.content, is?.content, 'request', 'body')];
}

/** A refusal that is no longer there is missed by nobody. */
function replyBreaks({ responses: was = {} }: Operation, { responses: is = {} }: Operation): string[] {
  return Object.entries(was).flatMap(([status, { content, headers = {} }]) => {
    const twin = is[status];
    if (!twin) return Number(status) < 400 ? [`${status}: was removed`] : [];
    const missing = Object.keys(headers).filter((name) => !(name in (twin.headers ?? {})));
    return [
      ...missing.map((name) => `${status} header ${name}: was removed`),
      ...contentBreaks(content, twin.content, 'reply', status),
    ];
  });
}

function contentBreaks(was: Content = {}, is: Content = {}, direction: Direction, place: string): string[] {
  return Object.entries(was).flatMap(([type, { schema }]) => {
    const twin = is[type];
    if (!twin) return [`${place} ${type}: was removed`];
    return schemaBreaks(schema, twin.schema, direction, `${place} ${type}`);
  });
}

function schemaBreaks(was: Schema = {}, is: Schema = {}, direction: Direction, place: string): string[] {
  return findBreaks(was, is, direction).map((line) => `${place} ${line}`);
}

function accessBreaks({ security: was = [{}] }: Operation, { security: is = [{}] }: Operation): string[] {
  const isOpen = (ways: Record<string, string[]>[]) => ways.some((way) => Object.keys(way).length === 0);
  if (isOpen(was) && !isOpen(is)) return ['needs a key'];
  const scopes = new Set(was.flatMap((way) => Object.values(way).flat()));
  const added = is.flatMap((way) => Object.values(way).flat()).filter((scope) => !scopes.has(scope));
  return isOpen(is) ? [] : added.map((scope) => `needs the scope ${scope}`);
}

function main(flags: string[]): number {
  const text = readFileSync(documentPath, 'utf8');
  const after = JSON.parse(text) as OpenApi;
  const breaks = findApiBreaks(JSON.parse(readFileSync(baselinePath, 'utf8')) as OpenApi, after);
  if (breaks.length > 0 && !flags.includes('--accept-breaks')) {
    process.stdout.write(`${breaks.join('\n')}\nThese break callers of the last release.\n`);
    return 1;
  }
  if (flags.includes('--release')) writeFileSync(baselinePath, `${JSON.stringify(after, null, 1)}\n`);
  process.stdout.write(`${Object.keys(operationsOf(after)).length} operations, none broken since the last release.\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
