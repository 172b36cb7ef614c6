/** Asks Elasticsearch something; a text is sent as NDJSON. Throws when it refuses, or refuses a part of a bulk. */
export async function ask(url: string, method: string, path: string, body?: object | string): Promise<unknown> {
  const isText = typeof body === 'string';
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': isText ? 'application/x-ndjson' : 'application/json' },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const answer = (await response.json()) as { errors?: boolean };
  if (!response.ok || answer.errors === true)
    throw new Error(`Elasticsearch answered ${response.status} to ${method} ${path}.`);
  return answer;
}

/** Makes an index with the settings and mappings of another one, as a bench compares with it. */
export async function copyDefinition(url: string, from: string, to: string): Promise<void> {
  const [definition] = Object.values(
    (await ask(url, 'GET', `/${from}`)) as Record<
      string,
      { settings: { index: Record<string, unknown> }; mappings: object }
    >,
  );
  const { analysis, similarity, max_ngram_diff: diff } = definition?.settings.index ?? {};
  await ask(url, 'PUT', `/${to}`, {
    settings: {
      index: {
        analysis,
        ...(similarity ? { similarity } : {}),
        ...(diff ? { max_ngram_diff: diff } : {}),
        number_of_shards: 1,
        number_of_replicas: 0,
      },
    },
    mappings: definition?.mappings,
  });
}
