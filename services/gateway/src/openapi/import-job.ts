import { ImportState } from '@ortoo/shared/contracts';
import { Type } from 'typebox';

const { failure: _failure, ...members } = ImportState.properties;

/** An import as callers see it. */
export const ImportJob = Type.Object(
  {
    ...members,
    reportUrl: Type.String({ examples: ['/v1/imports/import_01h455vb4pex5vsknk084sn02q/report'] }),
    error: Type.Optional(Type.Unsafe<object>({ $ref: 'Problem#' })),
  },
  { $id: 'ImportJob', description: 'An import: how far it is, what came of it, and why it failed.' },
);
