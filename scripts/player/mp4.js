/** Boxes that lie side by side (ISO/IEC 14496-12, 4.2). */
export function boxes(view, start = 0, end = view.byteLength) {
  const found = [];
  for (let place = start; place < end;) {
    if (place + 8 > end) throw new Error(`a box is cut off at byte ${place}`);
    let size = view.getUint32(place), head = 8;
    if (size === 1) [size, head] = [Number(view.getBigUint64(place + 8)), 16];
    if (size === 0) size = end - place;
    if (size < head || place + size > end) throw new Error(`the box at byte ${place} is longer than what holds it`);
    found.push({ type: name(view, place + 4), body: place + head, end: place + size });
    place += size;
  }
  return found;
}

export function name(view, place) {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + place, 4));
}

/** The box at the end of a path such as "moov/trak/mdia/mdhd". */
export function box(view, path) {
  let [start, end, found] = [0, view.byteLength, null];
  for (const type of path.split('/')) {
    found = boxes(view, start, end).find(box => box.type === type);
    if (!found) throw new Error(`there is no ${type} of ${path}`);
    [start, end] = [found.body, found.end];
  }
  return found;
}

/** A segment index (8.16.3): the segments' seconds and bytes. `first` is the place of the index in its file. */
export function segmentIndex(data, first) {
  const view = new DataView(data), sidx = box(view, 'sidx');
  const isLong = view.getUint8(sidx.body) === 1, scale = view.getUint32(sidx.body + 8);
  const number = place => isLong ? Number(view.getBigUint64(place)) : view.getUint32(place);
  const width = isLong ? 8 : 4, list = sidx.body + 12 + 2 * width;
  let time = number(sidx.body + 12), place = first + sidx.end + number(sidx.body + 12 + width);
  return Array.from({ length: view.getUint16(list + 2) }, (_, index) => {
    const entry = list + 4 + index * 12, size = view.getUint32(entry), ticks = view.getUint32(entry + 4);
    if (size >>> 31) throw new Error('the index leads to another index');
    const segment = { start: time / scale, seconds: ticks / scale, range: { first: place, last: place + size - 1 } };
    [time, place] = [time + ticks, place + size];
    return segment;
  });
}

/** Ticks a second of an initialization segment's one track (8.4.2). */
export function timescale(data) {
  const view = new DataView(data), header = box(view, 'moov/trak/mdia/mdhd').body;
  return view.getUint32(header + (view.getUint8(header) === 1 ? 20 : 12));
}

/** Samples of a fragmented segment with one track (8.8): their seconds and bytes. */
export function samples(data, scale) {
  const view = new DataView(data), found = [];
  let place = 0;
  for (const part of boxes(view)) {
    if (part.type === 'moof') found.push(...fragment(view, part, place, scale));
    place = part.end;
  }
  return found;
}

function fragment(view, moof, start, scale) {
  const parts = boxes(view, moof.body, moof.end).filter(box => box.type === 'traf')
    .flatMap(traf => boxes(view, traf.body, traf.end));
  const header = parts.find(box => box.type === 'tfhd'), base = defaults(view, header.body);
  const decode = parts.find(box => box.type === 'tfdt').body;
  let time = view.getUint8(decode) === 1 ? Number(view.getBigUint64(decode + 4)) : view.getUint32(decode + 4);
  return parts.filter(box => box.type === 'trun').flatMap(run => {
    const flags = view.getUint32(run.body) & 0xffffff, count = view.getUint32(run.body + 4);
    let entry = run.body + 8, place = start;
    if (flags & 1) [place, entry] = [start + view.getInt32(entry), entry + 4];
    if (flags & 4) entry += 4;
    const field = (bit, other) => {
      if (!(flags & bit)) return other;
      entry += 4;
      return view.getUint32(entry - 4);
    };
    return Array.from({ length: count }, () => {
      const ticks = field(0x100, base.duration), size = field(0x200, base.size);
      field(0x400);
      field(0x800);
      const sample = { start: time / scale, end: (time + ticks) / scale, view: new DataView(view.buffer, place, size) };
      [time, place] = [time + ticks, place + size];
      return sample;
    });
  });
}

function defaults(view, body) {
  const flags = view.getUint32(body) & 0xffffff;
  let place = body + 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);
  const field = bit => {
    if (!(flags & bit)) return 0;
    place += 4;
    return view.getUint32(place - 4);
  };
  return { duration: field(8), size: field(16) };
}
