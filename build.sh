#!/usr/bin/env bash
# ./build.sh [lib [DIR]]   build libtdjson.so into DIR (build/)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"

version=1.8.65 # of TDLib's interface

build_library() {
	local out=${1:-build}
	local link="-Wl,-soname,libtdjson.so.$version '-Wl,--version-script=$here/capi/exports.map'"
	CGO_ENABLED=1 go build -buildmode=c-shared -trimpath -ldflags "-s -w -extldflags \"$link\"" -o "$out/libtdjson.so" ./capi
	rm -f "$out/libtdjson.h" # Go's own header; ours is in include/
}

build_library "${2:-build}"
