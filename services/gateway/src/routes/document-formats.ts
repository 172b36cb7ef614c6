import { AppError } from '@ortoo/shared/kernel';
import type { FastifyRequest } from 'fastify';
import type { Format } from '../formats/format.ts';
import { JSON_MEDIA_TYPE } from '../http/media-types.ts';
import { type ItemResource, viewOf } from './document-resource.ts';

type Offering = { formats?: readonly Format[] };

/** What the route of a resource says of its media types. */
export const configOf = ({ formats = [] }: Offering) => ({
  config: { mediaTypes: [JSON_MEDIA_TYPE, ...formats.map(({ mediaType }) => mediaType)] },
});

/** How the caller is answered when not in JSON. Throws VALIDATION_FAILED for a part of a document: formats need the whole. */
export function formatOf(request: FastifyRequest, { formats = [] }: Offering): Format | undefined {
  const format = formats.find(({ mediaType }) => mediaType === request.answerType);
  if (!format) return undefined;
  const query = request.query as Record<string, unknown>;
  const faults = ['fields', 'include'].flatMap((name) =>
    query[name] === undefined
      ? []
      : { pointer: `/${name}`, message: `is not for ${format.mediaType}`, expected: 'Accept: application/json' },
  );
  if (faults.length > 0) throw AppError.invalid('request.parameter-invalid', faults);
  return format;
}

/** Which view a reader gets in a format, or in JSON. */
export function viewIn(
  request: FastifyRequest,
  resource: Pick<ItemResource, 'scopes'>,
  format: Format | undefined,
): 'public' | 'staff' {
  return format?.isPublic ? 'public' : viewOf(request, resource);
}

/** What `Content-Type` says of a format. */
export const typeOf = ({ mediaType, contentType = mediaType }: Format) => contentType;
