/** Where one document of a plural is read. There is no web portal yet: it is the item of the API. */
export function addressOf(origin: string, plural: string, id: string): string {
  return `${origin}/v1/${plural}/${id}`;
}
