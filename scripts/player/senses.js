const COLUMNS = 64, ROWS = 36;

/** Sees and hears what a video element plays. */
export class Senses {
  constructor(video) {
    this.video = video;
    this.canvas = new OffscreenCanvas(COLUMNS, ROWS).getContext('2d', { willReadFrequently: true });
  }

  /** Leads the sound through an analyser; after this the element plays no faster than the context runs. */
  async listen() {
    const context = new AudioContext();
    this.analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaElementSource(this.video).connect(this.analyser).connect(context.destination);
    await context.resume();
  }

  /** Root mean square of the last samples (1 is full scale) and the strongest frequency in hertz. */
  get sound() {
    const wave = new Float32Array(this.analyser.fftSize), bins = new Float32Array(this.analyser.frequencyBinCount);
    this.analyser.getFloatTimeDomainData(wave);
    this.analyser.getFloatFrequencyData(bins);
    const top = bins.indexOf(bins.reduce((most, bin) => Math.max(most, bin), -Infinity));
    const level = Math.sqrt(wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length);
    return { level, hertz: level > 0 ? top * this.analyser.context.sampleRate / wave.length : null };
  }

  /** Mean and standard deviation of the luma, 0 to 255 (Rec. ITU-R BT.709 weights), of what the screen shows. */
  async picture() {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + await this.screen())).blob());
    this.canvas.drawImage(image, 0, 0, COLUMNS, ROWS);
    const { data } = this.canvas.getImageData(0, 0, COLUMNS, ROWS);
    const luma = Array.from({ length: COLUMNS * ROWS }, (_, index) =>
      0.2126 * data[4 * index] + 0.7152 * data[4 * index + 1] + 0.0722 * data[4 * index + 2]);
    const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
    const spread = Math.sqrt(luma.reduce((sum, value) => sum + (value - mean) ** 2, 0) / luma.length);
    return { mean, spread };
  }

  /** The browser's own picture of the video, without the bars beside it: a page cannot read protected frames. */
  screen() {
    const place = this.video.getBoundingClientRect(), { videoWidth, videoHeight } = this.video;
    const scale = Math.min(place.width / videoWidth, place.height / videoHeight);
    const [width, height] = [videoWidth * scale, videoHeight * scale];
    const clip = { x: place.x + (place.width - width) / 2, y: place.y + (place.height - height) / 2, width, height };
    return new Promise(done => {
      window.screenshotDone = done;
      window.screenshot(JSON.stringify({ ...clip, scale: 1 }));
    });
  }

  /** Counters since the element was made. */
  get counts() {
    const { totalVideoFrames, droppedVideoFrames } = this.video.getVideoPlaybackQuality();
    return {
      time: this.video.currentTime, frames: totalVideoFrames - droppedVideoFrames, dropped: droppedVideoFrames,
      soundBytes: this.video.webkitAudioDecodedByteCount ?? 0,
    };
  }
}
