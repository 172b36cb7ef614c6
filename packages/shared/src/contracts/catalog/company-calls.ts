import { type Static, Type } from 'typebox';
import { closed, LocaleTag, Version } from '../atoms.ts';
import { type Call, presentation, READ_DEADLINE_MS, writeCall } from '../calls.ts';
import { CompanyMerge, PossibleDuplicates } from './company.ts';

/** Merges a copy into another company; a `v`, when given, must be current. `bytes` of the copy in the view asked for. */
export const companyMergeCall = () =>
  writeCall({
    v: Type.Optional(Version),
    ...CompanyMerge.properties,
    lang: LocaleTag,
    view: Type.Optional(presentation.view),
  });
export type CompanyMergeRequest = Static<ReturnType<typeof companyMergeCall>['request']>;

/** Companies that may be the same as one. */
export const companyDuplicatesCall = () =>
  ({
    request: Type.Object({ ref: Type.String({ minLength: 1, maxLength: 200 }), lang: LocaleTag }, closed),
    reply: PossibleDuplicates,
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
