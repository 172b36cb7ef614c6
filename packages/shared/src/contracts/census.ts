import { type Static, Type } from 'typebox';
import { closed, Version } from './atoms.ts';
import { type Call, SEARCH_DEADLINE_MS } from './calls.ts';

/** A day in UTC, as the first ten characters of an instant. */
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2026-11-24'] });

/** Days that one summary, and documents that one page of versions answers at most. */
export const SUMMARY_DAYS_MAX = 1_000;
export const VERSIONS_MAX = 2_000;
/** Days that one walk over versions may be restricted to. */
export const CENSUS_DAYS_MAX = 31;

/** What was last changed on one day: how many documents, tombstones included, and the sum of their `check`. */
const DaySum = Type.Object({ day: Day, count: Type.Integer(), sum: Type.Number() });
export type DaySum = Static<typeof DaySum>;

/** Sums up everything that an owner has of a kind by day of change, in order; `next` (the last day) when there are more. */
export const summaryCall = () =>
  ({
    request: Type.Object({ after: Type.Optional(Day) }, closed),
    reply: Type.Object({ days: Type.Array(DaySum, { maxItems: SUMMARY_DAYS_MAX }), next: Type.Optional(Day) }),
    deadlineMs: SEARCH_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
export type SummaryRequest = Static<ReturnType<typeof summaryCall>['request']>;
export type SummaryReply = Static<ReturnType<typeof summaryCall>['reply']>;

/** Which version of a document there is, and whether it lives. */
const VersionRow = Type.Object({
  id: Type.String(),
  v: Version,
  live: Type.Boolean(),
  changedAt: Type.String(),
});
export type VersionRow = Static<typeof VersionRow>;

/**
 * Lists the versions of what an owner has of a kind, tombstones included, in the order of ids; only what was last changed
 * on one of `days`, when they are given. `next` (the last id) when there are more.
 */
export const versionsCall = () =>
  ({
    request: Type.Object(
      {
        after: Type.Optional(Type.String({ maxLength: 200 })),
        limit: Type.Integer({ minimum: 1, maximum: VERSIONS_MAX }),
        days: Type.Optional(Type.Array(Day, { minItems: 1, maxItems: CENSUS_DAYS_MAX })),
      },
      closed,
    ),
    reply: Type.Object({ items: Type.Array(VersionRow), next: Type.Optional(Type.String()) }),
    deadlineMs: SEARCH_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
export type VersionsRequest = Static<ReturnType<typeof versionsCall>['request']>;
export type VersionsReply = Static<ReturnType<typeof versionsCall>['reply']>;
