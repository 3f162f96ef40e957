import { byteRange, fetchBytes } from './bytes.js';
import { segmentIndex } from './mp4.js';

/** Reads a static DASH manifest of one period (ISO/IEC 23009-1): on-demand files with an index, or segment files. */
export async function readManifest(url) {
  const text = new TextDecoder().decode(await fetchBytes(url));
  const document = new DOMParser().parseFromString(text, 'application/xml');
  if (document.getElementsByTagName('parsererror').length) throw new Error('the manifest is no XML');
  const root = document.documentElement, periods = children(root, 'Period');
  if (periods.length !== 1) throw new Error(`the manifest has ${periods.length} periods, not one`);
  const seconds = duration(root.getAttribute('mediaPresentationDuration'));
  const tracks = children(periods[0], 'AdaptationSet').flatMap(set =>
    children(set, 'Representation').map(node => track(node, set, url, seconds)));
  return { seconds, tracks };
}

const children = (node, name) => [...node.children].filter(child => child.localName === name);
const child = (node, name) => children(node, name)[0];

/** "PT1H2M3.5S" in seconds. */
function duration(text) {
  const match = /^P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text ?? '');
  if (!match) throw new Error(`"${text}" is no duration`);
  const [days, hours, minutes, seconds] = match.slice(1).map(part => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

function track(node, set, url, seconds) {
  const said = name => node.getAttribute(name) ?? set.getAttribute(name);
  const mimeType = said('mimeType'), codecs = said('codecs') ?? '';
  const base = child(node, 'BaseURL')?.textContent.trim() ?? '';
  const template = child(node, 'SegmentTemplate') ?? child(set, 'SegmentTemplate');
  const file = new URL(base, url).href, single = child(node, 'SegmentBase');
  const path = decodeURIComponent(base || template?.getAttribute('initialization') || template?.getAttribute('media'));
  return {
    // Representation ids are the packager's numbers; its tracks are known by the names of their files.
    id: path.split('/')[1]?.replace(/\.\w+$/, '') ?? path,
    kind: set.getAttribute('contentType') ?? mimeType.split('/')[0],
    language: set.getAttribute('lang'), role: child(set, 'Role')?.getAttribute('value') ?? null, mimeType, codecs,
    type: codecs ? `${mimeType}; codecs="${codecs}"` : mimeType,
    width: Number(said('width') ?? 0), height: Number(said('height') ?? 0), ...protection(node, set),
    segments: once(() => template ? templated(template, node, url, seconds) : indexed(single, file)),
  };
}

const once = work => {
  let done;
  return () => done ??= work();
};

function protection(node, set) {
  const nodes = [...children(set, 'ContentProtection'), ...children(node, 'ContentProtection')];
  const own = nodes.find(node => node.getAttribute('schemeIdUri') === 'urn:mpeg:dash:mp4protection:2011');
  const id = own?.getAttributeNS('urn:mpeg:cenc:2013', 'default_KID')?.replaceAll('-', '').toLowerCase();
  return { scheme: own?.getAttribute('value') ?? null, keyID: id ?? null };
}

/** One file: with an index of its segments, or, as subtitles may be, whole. */
async function indexed(node, file) {
  if (!node) return { offset: 0, initialization: null, list: [{ start: 0, seconds: 0, url: file }] };
  const range = byteRange(node.getAttribute('indexRange'));
  const first = byteRange(child(node, 'Initialization').getAttribute('range'));
  const list = segmentIndex(await fetchBytes(file, range), range.first);
  const offset = shift(node);
  return {
    offset, initialization: { url: file, range: first },
    list: list.map(segment => ({ ...segment, start: segment.start + offset, url: file })),
  };
}

/** Files by number or time (ISO/IEC 23009-1, 5.3.9.4 and 5.3.9.6). */
async function templated(node, representation, url, seconds) {
  const scale = Number(node.getAttribute('timescale') ?? 1), number = Number(node.getAttribute('startNumber') ?? 1);
  const offset = shift(node), initialization = node.getAttribute('initialization');
  const named = (pattern, values) => new URL(fill(pattern, {
    RepresentationID: representation.getAttribute('id'), Bandwidth: representation.getAttribute('bandwidth'), ...values,
  }), url).href;
  return {
    offset, initialization: initialization ? { url: named(initialization, {}) } : null,
    list: times(node, scale, seconds).map(({ time, ticks }, index) => ({
      start: time / scale + offset, seconds: ticks / scale,
      url: named(node.getAttribute('media'), { Number: number + index, Time: time }),
    })),
  };
}

/** Seconds by which the track's own clock is shown later. */
function shift(node) {
  return -Number(node.getAttribute('presentationTimeOffset') ?? 0) / Number(node.getAttribute('timescale') ?? 1);
}

function times(node, scale, seconds) {
  const line = child(node, 'SegmentTimeline'), found = [];
  let time = 0;
  if (!line) {
    const ticks = Number(node.getAttribute('duration'));
    if (!(ticks > 0)) throw new Error('a template has neither a duration nor a time line');
    for (; time < seconds * scale; time += ticks) found.push({ time, ticks });
    return found;
  }
  for (const entry of children(line, 'S')) {
    time = Number(entry.getAttribute('t') ?? time);
    const ticks = Number(entry.getAttribute('d')), repeats = Number(entry.getAttribute('r') ?? 0);
    if (!(ticks > 0) || repeats < 0) throw new Error('a time line that does not say how long its segments are');
    for (let left = repeats; left >= 0; left -= 1, time += ticks) found.push({ time, ticks });
  }
  return found;
}

/** "$Number%05d$" and its like. */
function fill(pattern, values) {
  return pattern.replace(/\$(?:(\w+)(?:%0(\d+)d)?)?\$/g, (all, name, width) =>
    name === undefined ? '$' : String(values[name]).padStart(Number(width ?? 0), '0'));
}
