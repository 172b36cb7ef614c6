/** Which engine is asked; undefined where nobody said. */
export const elasticsearchUrl = process.env.ELASTICSEARCH_URL;
/** A PostgreSQL to compare with; undefined where nobody said. */
export const postgresUrl = process.env.POSTGRES_URL;
/** Where programs are looked for. */
export const searchPath = process.env.PATH ?? '';
