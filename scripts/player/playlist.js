import { fetchBytes } from './bytes.js';

/** Subtitles that an HLS master names (RFC 8216, 4.3.4.1): WebVTT, in one file or in segments. */
export async function readSubtitles(url) {
  const lines = await playlist(url);
  return lines.filter(line => line.startsWith('#EXT-X-MEDIA:') && attribute(line, 'TYPE') === 'SUBTITLES').map(line => {
    const uri = attribute(line, 'URI');
    return {
      id: uri.split('/').at(-1).replace(/\.\w+$/, ''), kind: 'text', language: attribute(line, 'LANGUAGE'),
      mimeType: 'text/vtt', codecs: '', scheme: null, segments: () => segments(new URL(uri, url).href),
    };
  });
}

async function segments(url) {
  const list = (await playlist(url)).filter(line => line && !line.startsWith('#'));
  return { offset: 0, initialization: null, list: list.map(uri => ({ url: new URL(uri, url).href })) };
}

async function playlist(url) {
  const lines = new TextDecoder().decode(await fetchBytes(url)).split(/\r?\n/);
  if (lines[0] !== '#EXTM3U') throw new Error(`${url} is no playlist`);
  return lines;
}

function attribute(line, name) {
  const match = new RegExp(`[:,]${name}=(?:"([^"]*)"|([^,]*))`).exec(line);
  return match ? match[1] ?? match[2] : null;
}
