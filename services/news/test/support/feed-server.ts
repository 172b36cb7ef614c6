import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
export type FeedServer = {
  /** `http://127.0.0.1:<port>` */
  base: string;
  /** What each path answers; others are 404. */
  paths: Map<string, Answer>;
  /** `METHOD path` of what came, with the headers. */
  asked: { path: string; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
};

/** A server of somebody else on loopback, as kind or as hostile as its paths are. */
export async function openFeedServer(): Promise<FeedServer> {
  const paths = new Map<string, Answer>();
  const asked: FeedServer['asked'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers });
    const answer = paths.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    paths,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers a text with a status and headers. */
export const answering =
  (text: string, headers: Record<string, string> = {}, status = 200): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(text);

/** Words that no other article has, in the language of most feeds. */
const towns = [
  'Erdenet',
  'Darkhan',
  'Choibalsan',
  'Khovd',
  'Moron',
  'Sainshand',
  'Dalanzadgad',
  'Uliastai',
  'Altai',
  'Baruun-Urt',
];
const works = [
  'bridge',
  'school',
  'pipeline',
  'market',
  'railway',
  'hospital',
  'greenhouse',
  'library',
  'dairy',
  'harbour',
];
const makers = [
  'engineers',
  'farmers',
  'teachers',
  'drivers',
  'nurses',
  'builders',
  'traders',
  'weavers',
  'miners',
  'pilots',
];

/** The title of the n-th story: different from all others. */
export const storyTitle = (n: number) =>
  `How ${makers[n % 10]} of ${towns[Math.floor(n / 10) % 10]} made a ${works[(n * 7 + Math.floor(n / 100)) % 10]} number ${n} work again`;

/** The words of the n-th story: a text with hardly a phrase of another. */
export function storyText(n: number): string {
  const pick = (list: string[], step: number) => list[(n * step + Math.floor(n / 10) + step) % 10];
  return Array.from(
    { length: 6 },
    (_, part) =>
      `In part ${part + n * 6} the ${pick(makers, part + 1)} from ${pick(towns, part + 3)} told story${n}word${part} about ` +
      `their ${pick(works, part + 7)}, which cost ${n * 13 + part} million and took ${n + part} long winters to repair.`,
  ).join(' ');
}

/** An RSS document with the stories `from` to `to`, the newest first. */
export function rssOf(base: string, from: number, to: number): string {
  const items = Array.from({ length: to - from + 1 }, (_, i) => to - i).map(
    (n) =>
      `<item><title>${storyTitle(n)}</title><link>${base}/stories/${n}</link><guid isPermaLink="false">story-${n}</guid>` +
      `<pubDate>Wed, 21 Sep 2022 08:00:00 +0800</pubDate><description>${storyText(n)}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Steppe Post</title><language>en</language>${items.join('')}</channel></rss>`;
}
