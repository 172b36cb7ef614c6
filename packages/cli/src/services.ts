/**
 * The four services in the order in which they are started; they are drained in reverse.
 * `opsPort` is where `/livez`, `/readyz` and `/metrics` are served, unless something else holds that port.
 */
export const services = [
  { name: 'catalog', entry: 'services/catalog/src/main.ts', opsPort: 9101 },
  { name: 'news', entry: 'services/news/src/main.ts', opsPort: 9102 },
  { name: 'search', entry: 'services/search/src/main.ts', opsPort: 9103 },
  { name: 'gateway', entry: 'services/gateway/src/main.ts', opsPort: 9100 },
] as const;
