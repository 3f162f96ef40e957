/** What the EME of a page was told and has said (W3C Encrypted Media Extensions). */
export class Keys {
  constructor(video) {
    Object.assign(this, { asked: 0, waiting: 0, session: null });
    video.addEventListener('encrypted', () => { this.asked += 1; });
    video.addEventListener('waitingforkey', () => { this.waiting += 1; });
  }

  /** Hands over keys, pairs of hexadecimal `kid` and `key`, for tracks as the manifest describes them. */
  async give(video, tracks, keys) {
    const capability = track => ({ contentType: track.type, encryptionScheme: track.scheme });
    const access = await navigator.requestMediaKeySystemAccess('org.w3.clearkey', [{
      initDataTypes: ['keyids'],
      videoCapabilities: tracks.filter(track => track.kind === 'video').map(capability),
      audioCapabilities: tracks.filter(track => track.kind === 'audio').map(capability),
    }]);
    const media = await access.createMediaKeys();
    await video.setMediaKeys(media);
    this.session = media.createSession();
    const ids = [...new Set(tracks.map(track => track.keyID))].map(base64);
    const asked = new Promise(done => { this.session.onmessage = done; });
    await this.session.generateRequest('keyids', new TextEncoder().encode(JSON.stringify({ kids: ids })));
    await asked;
    const set = keys.map(({ kid, key }) => ({ kty: 'oct', kid: base64(kid), k: base64(key) }));
    await this.session.update(new TextEncoder().encode(JSON.stringify({ keys: set, type: 'temporary' })));
  }

  get statuses() {
    return [...this.session?.keyStatuses ?? []].map(([id, status]) => ({ kid: hex(new Uint8Array(id)), status }));
  }
}

function hex(bytes) {
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Hexadecimal digits in base64url without padding (RFC 7515, 2). */
function base64(digits) {
  const bytes = digits.replaceAll('-', '').match(/../g).map(pair => parseInt(pair, 16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
