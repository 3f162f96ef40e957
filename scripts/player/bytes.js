/** Fetches a file, or the bytes `first` to `last` of it: a server that sends anything else is an error. */
export async function fetchBytes(url, range) {
  const headers = range ? { Range: `bytes=${range.first}-${range.last}` } : {};
  const response = await fetch(url, { headers, cache: 'no-store' });
  const wanted = range ? 206 : 200;
  if (response.status !== wanted) throw new Error(`${url} answered ${response.status}, not ${wanted}`);
  const data = await response.arrayBuffer();
  const length = range ? range.last - range.first + 1 : data.byteLength;
  if (data.byteLength !== length) throw new Error(`${url} sent ${data.byteLength} bytes of ${length}`);
  return data;
}

/** "833-936", as manifests write ranges. */
export function byteRange(text) {
  const match = /^(\d+)-(\d+)$/.exec(text ?? '');
  if (!match || Number(match[2]) < Number(match[1])) throw new Error(`"${text}" is no byte range`);
  return { first: Number(match[1]), last: Number(match[2]) };
}
