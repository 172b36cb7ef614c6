import type { ServerName } from '../servers.ts';

/** The images that tests and `npm start` run, the same as in docker-compose.yml; a test compares. */
export const images: Record<ServerName, string> = {
  mongodb: 'mongo:7.0',
  nats: 'nats:2.12-alpine',
  elasticsearch: 'docker.elastic.co/elasticsearch/elasticsearch:8.19.0',
};
