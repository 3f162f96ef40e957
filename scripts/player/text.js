import { fetchBytes } from './bytes.js';
import { boxes, samples, timescale } from './mp4.js';

/** Shows a track of subtitles: a WebVTT file, or segments of WebVTT, of WebVTT in MP4 or of TTML in MP4. */
export async function show(video, track) {
  for (const old of video.textTracks) old.mode = 'disabled';
  const shown = video.addTextTrack('subtitles', track.id, track.language ?? '');
  shown.mode = 'showing';
  for (const cue of await cues(track)) shown.addCue(cue);
  return shown;
}

async function cues(track) {
  const { initialization, list, offset } = await track.segments();
  if (track.mimeType === 'text/vtt') return unique((await Promise.all(list.map(({ url }) => browserCues(url)))).flat());
  const read = track.codecs === 'wvtt' ? webVTTCues : track.codecs.startsWith('stpp') ? ttmlCues : null;
  if (!read) throw new Error(`${track.id}: "${track.codecs}" is no text that is known here`);
  const scale = timescale(await fetchBytes(initialization.url, initialization.range));
  const parts = await Promise.all(list.map(({ url, range }) => fetchBytes(url, range)));
  const found = parts.flatMap(part => samples(part, scale)).flatMap(read);
  for (const cue of found) [cue.startTime, cue.endTime] = [cue.startTime + offset, cue.endTime + offset];
  return unique(found);
}

/** A cue that lasts over a border stands in both segments, in pieces that touch or whole. */
function unique(all) {
  const found = [];
  for (const cue of all) {
    const same = found.findLast(other => other.text === cue.text && other.endTime >= cue.startTime - 0.002
      && other.id === cue.id);
    if (same) same.endTime = Math.max(same.endTime, cue.endTime);
    else found.push(cue);
  }
  return found;
}

/** What Chromium's own reader makes of a WebVTT file. */
async function browserCues(url) {
  const element = document.createElement('video'), track = document.createElement('track');
  track.src = URL.createObjectURL(new Blob([await fetchBytes(url)], { type: 'text/vtt' }));
  const loaded = new Promise((done, failed) => {
    track.onload = done;
    track.onerror = () => failed(new Error(`${url} is no WebVTT`));
  });
  element.append(track);
  track.track.mode = 'hidden';
  await loaded;
  URL.revokeObjectURL(track.src);
  return [...track.track.cues].map(cue => copy(cue));
}

/** A cue belongs to the one track that it was made for. */
function copy(cue) {
  const made = new VTTCue(cue.startTime, cue.endTime, cue.text);
  for (const name of ['id', 'vertical', 'snapToLines', 'line', 'position', 'size', 'align']) made[name] = cue[name];
  return made;
}

/** Boxes of a WebVTT sample (ISO/IEC 14496-30, 6.6). */
function webVTTCues({ start, end, view }) {
  return boxes(view).filter(box => box.type === 'vttc').map(cue => {
    const parts = new Map(boxes(view, cue.body, cue.end).map(part => [part.type, string(view, part)]));
    const made = new VTTCue(start, end, parts.get('payl') ?? '');
    made.id = parts.get('iden') ?? '';
    return made;
  });
}

function string(view, { body, end }) {
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + body, end - body));
}

/** Paragraphs of a TTML sample with times of their own. */
function ttmlCues({ view }) {
  const document = new DOMParser().parseFromString(string(view, { body: 0, end: view.byteLength }), 'application/xml');
  if (document.getElementsByTagName('parsererror').length) throw new Error('a sample of TTML is no XML');
  return [...document.getElementsByTagNameNS('http://www.w3.org/ns/ttml', 'p')]
    .filter(node => node.hasAttribute('begin'))
    .map(node => new VTTCue(seconds(node.getAttribute('begin')), seconds(node.getAttribute('end')), node.textContent));
}

/** "00:00:01.500" or "1.5s" or "1500ms" (Timed Text Markup Language 2, 12.3.1). */
function seconds(text) {
  const clock = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text ?? ''), offset = /^([\d.]+)(h|m|s|ms)$/.exec(text ?? '');
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  if (offset) return Number(offset[1]) * { h: 3600, m: 60, s: 1, ms: 0.001 }[offset[2]];
  throw new Error(`"${text}" is no time that is known here`);
}
