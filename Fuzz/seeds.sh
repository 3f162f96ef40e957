#!/usr/bin/env bash
# Makes the first seeds of Fuzz/corpus from small generated streams. Fuzz/run.sh with MEZZ_FUZZ_KEEP=1 improves on them.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=${MEZZ_TOOLS:-.tools}
corpus=Fuzz/corpus
mkdir -p "$corpus"/{AVC,HEVC,AV1,MP4,Manifests,Analyzer}

# FILE OPTIONS…: five small pictures.
make() {
    local file=$1
    shift
    SVT_LOG=1 "$tools/ffmpeg" -v error -nostdin -y -f lavfi -i testsrc2=s=64x64:r=25 -f lavfi -i sine -map 0 \
        -frames:v 5 -pix_fmt yuv420p "$@" -fflags +bitexact -flags:v +bitexact "$corpus/$file"
}

x264=(-c:v libx264 -preset veryfast -x264-params keyint=3:bframes=2:nal-hrd=vbr:vbv-maxrate=500:vbv-bufsize=500)
x265=(-c:v libx265 -preset veryfast -tag:v hvc1 -x265-params
    log-level=none:keyint=3:bframes=2:hrd=1:vbv-maxrate=500:vbv-bufsize=500:repeat-headers=1)
open=(-c:v libx265 -preset veryfast -x265-params log-level=none:keyint=3:min-keyint=3:open-gop=1:bframes=2)
av1=(-c:v libsvtav1 -preset 8 -svtav1-params keyint=3:lp=1)
hdr=(-color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc)
fragments=(-movflags cmaf+frag_keyframe)

make AVC/frames "${x264[@]}" -f h264
make AVC/fields -vf setfield=tff -c:v libx264 -preset veryfast -x264-params interlaced=1:keyint=3 -f h264
make HEVC/frames "${x265[@]}" -f hevc
make HEVC/open "${open[@]}" -f hevc
make AV1/frames "${av1[@]}" -f obu
make MP4/progressive "${x264[@]}" -f mp4
make MP4/fragments "${x265[@]}" "${hdr[@]}" "${fragments[@]}" -f mp4
make MP4/av1 "${av1[@]}" "${fragments[@]}" -f mp4
make MP4/sound "${x264[@]}" -map 1 -t 0.2 -c:a aac -f mp4
cp "$corpus"/MP4/* "$corpus"/Analyzer/

# The first byte tells the target which manifest the rest is.
{
    printf '\0'
    cat <<'END'
<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4.004S">
<Period id="0"><AdaptationSet contentType="video" segmentAlignment="true">
<Representation id="0" bandwidth="100000" codecs="avc1.64000d" width="320" height="180" frameRate="30000/1001">
<BaseURL>v.mp4</BaseURL>
<SegmentBase indexRange="800-900" timescale="30000"><Initialization range="0-799"/></SegmentBase></Representation>
<Representation id="1" bandwidth="1"><SegmentTemplate timescale="48000" initialization="a/init.mp4"
media="a/$Number%05d$.m4s" startNumber="1"><SegmentTimeline><S t="0" d="48000" r="3"/></SegmentTimeline>
</SegmentTemplate></Representation></AdaptationSet></Period></MPD>
END
} >"$corpus/Manifests/dash"
{
    printf '\1'
    cat <<'END'
#EXTM3U
#EXT-X-VERSION:6
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8",GROUP-ID="audio",LANGUAGE="en",NAME="Main",DEFAULT=YES,CHANNELS="2"
#EXT-X-STREAM-INF:BANDWIDTH=9,CODECS="avc1.64000d,mp4a.40.2",RESOLUTION=320x180,FRAME-RATE=29.970,AUDIO="audio"
v.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=3,CODECS="avc1.64000d",URI="i.m3u8"
END
} >"$corpus/Manifests/master"
{
    printf '\2'
    cat <<'END'
#EXTM3U
#EXT-X-VERSION:6
#EXT-X-TARGETDURATION:2
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="v.mp4",BYTERANGE="800@0"
#EXTINF:1.001,
#EXT-X-BYTERANGE:500@900
v.mp4
#EXTINF:1.001,
#EXT-X-BYTERANGE:400
v.mp4
#EXT-X-ENDLIST
END
} >"$corpus/Manifests/playlist"
