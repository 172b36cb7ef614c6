/** What is loaded, in this order: offerings and events name companies, articles may mention them. */
export const seedKinds = [
  { kind: 'company', plural: 'companies' },
  { kind: 'offering', plural: 'offerings' },
  { kind: 'article', plural: 'articles' },
  { kind: 'event', plural: 'events' },
] as const;
type SeedKind = (typeof seedKinds)[number];

/** One create body with the place where it stands. */
export type SeedItem = { kind: SeedKind; place: string; body: Record<string, unknown> };

export type Answer = { status: number; body: unknown; version: string | undefined; retryAfterMs: number | undefined };

export type Outcome =
  | { state: 'created'; version: string | undefined }
  | { state: 'present' }
  | { state: 'failed'; faults: string[] };

export type SeedCounts = { created: number; present: number; failed: number };

type Problem = {
  detail?: string;
  title?: string;
  reason?: string;
  code?: string;
  errors?: { pointer?: string; message?: string; expected?: string }[];
};

/** What one answer of the API means for one item; `later` asks to try it again. */
export function judgeAnswer({ kind }: SeedItem, answer: Answer): Outcome | 'later' {
  if (answer.status === 201) return { state: 'created', version: answer.version };
  const problem = (typeof answer.body === 'object' && answer.body !== null ? answer.body : {}) as Problem;
  if (answer.status === 409 && problem.reason === `${kind.kind}.external-id-taken`) return { state: 'present' };
  if (answer.status === 429 || answer.status === 503 || answer.status === 504) return 'later';
  return { state: 'failed', faults: describeProblem(answer.status, problem) };
}

/** One line for each fault of a problem+json answer. */
export function describeProblem(status: number, { detail, title, reason, errors = [] }: Problem): string[] {
  const rows = errors.map(({ pointer, message, expected }) => {
    const wanted = expected === undefined ? '' : ` (expected ${expected})`;
    return `${pointer || '/'}: ${message ?? 'is not valid'}${wanted}`;
  });
  if (rows.length > 0) return rows;
  const slug = reason === undefined ? '' : ` [${reason}]`;
  return [`${status} ${detail ?? title ?? 'without a reason'}${slug}`];
}

export function countOutcomes(outcomes: readonly Outcome[]): SeedCounts {
  const count = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  return { created: count('created'), present: count('present'), failed: count('failed') };
}

export function describeCounts({ created, present, failed }: SeedCounts): string {
  const parts = [`${created} created`, `${present} already there`, ...(failed > 0 ? [`${failed} failed`] : [])];
  return parts.join(', ');
}

/** An item can be sent twice without harm when the store knows it again by an id from outside. */
export function isRepeatable({ body }: SeedItem): boolean {
  return Array.isArray(body.externalIds) && body.externalIds.length > 0;
}

export type CompanyReference = { system: string; value: string };

/**
 * The companies that an item of a file names: offerings by `companyId`, events by their organiser and exhibitors. Each is the
 * value of an external id which the company has in the system of the item's own first one.
 */
export function companyReferencesOf({ kind, body }: SeedItem): CompanyReference[] {
  const [own] = Array.isArray(body.externalIds) ? (body.externalIds as Partial<CompanyReference>[]) : [];
  const system = own?.system;
  if ((kind.kind !== 'offering' && kind.kind !== 'event') || typeof system !== 'string') return [];
  const found = new Set<string>();
  replaceCompanies(body, (value) => {
    found.add(value);
    return undefined;
  });
  return [...found].map((value) => ({ system, value }));
}

/** The body with what `replace` answers for each company that it names; what it does not know stays as it is. */
export function replaceCompanies(
  body: Record<string, unknown>,
  replace: (companyId: string) => string | undefined,
): Record<string, unknown> {
  const named = (value: unknown): unknown => {
    const companyId = (value as { companyId?: unknown } | null | undefined)?.companyId;
    if (typeof companyId !== 'string') return value;
    return { ...(value as object), companyId: replace(companyId) ?? companyId };
  };
  const { organiser, exhibitors } = body;
  return {
    ...(named(body) as object),
    ...(organiser === undefined ? {} : { organiser: named(organiser) }),
    ...(Array.isArray(exhibitors) ? { exhibitors: exhibitors.map(named) } : {}),
  };
}
