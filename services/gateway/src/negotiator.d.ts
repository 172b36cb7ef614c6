/** The part of negotiator 1.1.0 that we use; the package brings no types. */
declare module 'negotiator' {
  export class Negotiator {
    constructor(request: { headers: Record<string, string | string[] | undefined> });
    /** Tags of Accept-Language, best first; what has a quality of 0 is left out. */
    languages(): string[];
    /** The available media types that Accept allows, best first. */
    mediaTypes(available: string[]): string[];
  }
}
