import { type Static, Type } from 'typebox';
import { closed } from '../atoms.ts';
import { type Call, SEARCH_DEADLINE_MS } from '../calls.ts';
import { CategoryCounts } from '../catalog/category.ts';
import { SearchRequest } from './query.ts';

const CountsReply = Type.Object({
  categories: Type.Record(Type.String(), CategoryCounts, {
    description: 'By code, what the public sees in each category and its sub-categories.',
  }),
  consistent: Type.Boolean({ description: 'Whether every version of waitFor was counted.' }),
});

/** Counts what is published in every category. */
export const countsCall = () =>
  ({
    request: Type.Object({ waitFor: SearchRequest.properties.waitFor }, closed),
    reply: CountsReply,
    deadlineMs: SEARCH_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
export type CountsRequest = Static<ReturnType<typeof countsCall>['request']>;
export type CountsReply = Static<typeof CountsReply>;
