/** Which engine is asked; undefined where nobody said. */
export const elasticsearchUrl = process.env.ELASTICSEARCH_URL;
