import { type Static, Type } from 'typebox';
import { closed } from '../atoms.ts';
import { type Call, SEARCH_DEADLINE_MS } from '../calls.ts';
import { searchFilters, searchPlaces } from './filters.ts';
import { FreshnessToken, SearchRequest } from './query.ts';

/** How many saved queries are held against how many changed documents in one call. */
const MATCH_ALERTS_MAX = 200;
const MATCH_CHANGES_MAX = 50;

const { q, kinds, view, staffOf } = SearchRequest.properties;

/** What was saved of a search: what is asked for, and what its owner may see. */
export const SavedQuery = Type.Object({ q, kinds, ...searchFilters, ...searchPlaces, view, staffOf }, closed);
export type SavedQuery = Static<typeof SavedQuery>;

const AlertId = Type.String({ minLength: 1, maxLength: 100 });
const MatchRequest = Type.Object(
  {
    alerts: Type.Array(Type.Object({ id: AlertId, query: SavedQuery }, closed), {
      minItems: 1,
      maxItems: MATCH_ALERTS_MAX,
    }),
    changes: Type.Array(FreshnessToken, {
      minItems: 1,
      maxItems: MATCH_CHANGES_MAX,
      description: 'The versions that the index has to show, or newer ones.',
    }),
  },
  closed,
);
export type MatchRequest = Static<typeof MatchRequest>;

const MatchReply = Type.Object({
  matches: Type.Array(Type.Object({ alert: AlertId, changes: Type.Array(FreshnessToken) }), {
    description: 'Which alerts found which of the documents, each in the version that was looked at.',
  }),
  unseen: Type.Array(FreshnessToken, { description: 'Changes that the index does not show yet: ask for them again.' }),
  refused: Type.Array(Type.Object({ alert: AlertId, reason: Type.String() }), {
    description: 'Alerts whose query no search answers any more, such as one for a category that is gone.',
  }),
  consistent: Type.Boolean({ description: 'Whether every change, and the categories as of it, was looked at.' }),
});
export type MatchReply = Static<typeof MatchReply>;

/** Holds saved queries against changed documents. */
export const matchCall = () =>
  ({
    request: MatchRequest,
    reply: MatchReply,
    deadlineMs: SEARCH_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
