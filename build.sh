#!/usr/bin/env bash
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"

version=1.8.65 # of TDLib's interface

# One set of flags for everything: the great package tg is compiled once for the library, the programs and the checks,
# and once more for the tests with their race detector. Code is the same in a position independent program and in the
# library. Without debugging information, which the library does not keep, the compiler takes 4 GB in place of 5.
plain="-trimpath -buildvcs=false"
export GOFLAGS="$plain -buildmode=pie -gcflags=all=-dwarf=false"

case ${1:-} in
--small-machine) # 1.7 GB, and longer
	shift
	export GOGC=10 GOFLAGS="$GOFLAGS -p=1 '-gcflags=github.com/gotd/td/tg=-dwarf=false -c=1 -l'"
	;;
esac

usage() {
	cat <<'EOF'
./build.sh                 build libtdjson.so into build/
./build.sh lib DIR [TARGET]  build it into DIR, for linux/arm64, windows/amd64 or linux/amd64-musl
./build.sh install PREFIX  build it and install it with its headers, for programs that link with it (DESTDIR, LIBDIR)
./build.sh package [TARGET...]  pack it into dist/: tarball, Debian packages, npm package
./build.sh reproduce       pack it in two places and compare; compiles everything anew
./build.sh platforms       build it for each kind of machine and run a program with it there
./build.sh demo            build it, start a local Telegram, log in to it from C, Python and Node
./build.sh testdc ARGS...  start the local Telegram, see docs/local-telegram.md
./build.sh tdsession ARGS...  read and convert sessions, see docs/sessions.md
./build.sh test            check and test everything
./build.sh fuzz TIME       fuzz what reads requests and texts, each target for so long: 10m, or 10000x
./build.sh record [LIB]    record anew what TDLib says to the scenarios of the tests (see td/scenario_test.go); LIB, or the environment
                           variable TDJSON_REAL, is TDLib's own libtdjson.so as it comes; its server keys are replaced in a copy
./build.sh --small-machine ...  any of them, for a machine with 2 GB of memory
./build.sh generate PATH   generate the Go types anew from the td_api.tl at PATH
EOF
}

say() { printf '\n== %s\n' "$*"; }

# need COMMAND HINT: notes a program that is missing.
missing=0
need() {
	command -v "$1" >/dev/null && return
	echo "missing: $1 ($2)" >&2
	missing=1
}

need_compilers() {
	need go "Go 1.26 or newer, https://go.dev/dl"
	# Newer ones get the Go that go.mod names, or say that they can't; these can't read it.
	case $(cd / && go env GOVERSION 2>/dev/null) in
	go1.[0-9].* | go1.1* | go1.20*)
		echo "too old: $(command -v go) is $(cd / && go env GOVERSION) (Go 1.26 or newer, https://go.dev/dl)" >&2
		missing=1
		;;
	esac
	need cc "a C compiler, for example: apt install gcc libc6-dev"
}

node_headers() { echo "$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")/include/node"; }

need_languages() {
	need python3 "Python 3, for example: apt install python3"
	need node "Node.js 18 or newer with its headers, for example: apt install nodejs libnode-dev"
	if command -v node >/dev/null && [ ! -e "$(node_headers)/node_api.h" ]; then
		echo "missing: $(node_headers)/node_api.h (Node's headers, for example: apt install libnode-dev)" >&2
		missing=1
	fi
}

stop_if_missing() { [ "$missing" = 0 ] || exit 1; }

source packaging/targets.sh
source packaging/musl.sh
source packaging/install.sh
source packaging/package.sh
source packaging/platforms.sh

# build_examples DIR: what has to be compiled for the examples.
build_examples() {
	cc -Wall -Wextra -O2 -Iinclude -o "$1/sessions" examples/c/sessions.c -Lbuild -ltdjson "-Wl,-rpath,$here/build"
	cc -Wall -Wextra -O2 -shared -fPIC -I"$(node_headers)" -Iinclude -o "$1/tdjson.node" examples/node/tdjson.c -ldl
}

# start_server DIR: a local Telegram; the examples find it by TDJSON_TEST_SERVER.
start_server() {
	go build -o "$1/testdc" ./cmd/testdc
	"$1/testdc" -config "$1/server.json" >"$1/server.log" 2>&1 &
	server=$!
	for _ in $(seq 100); do
		[ -s "$1/server.json" ] && break
		kill -0 "$server" 2>/dev/null || { cat "$1/server.log" >&2; exit 1; }
		sleep 0.1
	done
	export TDJSON_TEST_SERVER=$1/server.json
}

stop_server() {
	[ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
	wait
	rm -rf "$work"
}

demo() {
	need_compilers
	need_languages
	stop_if_missing
	work=$(mktemp -d)
	trap stop_server EXIT
	say "building build/libtdjson.so (the first time takes minutes)"
	build_library build
	build_examples "$work"
	say "starting a local Telegram"
	start_server "$work"
	say "C"
	timeout 60 "$work/sessions" --database "$work/c"
	say "Python"
	timeout 60 python3 examples/python/sessions.py --database "$work/python"
	say "Node"
	timeout 60 node examples/node/sessions.mjs --database "$work/node" --addon "$work/tdjson.node"
}

check_format() {
	local files
	files=$(gofmt -l .)
	[ -z "$files" ] || { printf 'not formatted, run gofmt -w:\n%s\n' "$files" >&2; exit 1; }
}

generate() { go run ./types/gen "$1" types/ext_api.tl "$2/types" "$2/td"; }

# check_generated: the generated files are those of the schema, where there is one.
check_generated() {
	local schema=${TD_API_TL:-../shared/schema/td_api.tl} fresh file
	[ -e "$schema" ] || { echo "no td_api.tl at hand (TD_API_TL), generated files are not compared"; return; }
	fresh=$(mktemp -d)
	mkdir "$fresh/types" "$fresh/td"
	generate "$schema" "$fresh"
	for file in "$fresh"/*/*_gen.go; do
		cmp "$file" "${file#"$fresh"/}" || { rm -rf "$fresh"; exit 1; }
	done
	rm -rf "$fresh"
}

# fuzz TIME: the targets of the packages that do without Telegram's API, which is too large to be instrumented each time.
fuzz() {
	local package target
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	for package in types types/compat td/text td/links td/proxysecret; do
		go test -c -fuzz . -o "$work/fuzz" "./$package"
		for target in $("$work/fuzz" -test.list '^Fuzz'); do
			echo "$package $target"
			(cd "$package" && "$work/fuzz" -test.run '^$' -test.fuzz "^$target\$" -test.fuzztime "$1" -test.fuzzcachedir "$work/corpus") >"$work/log" 2>&1 ||
				{ cat "$work/log"; exit 1; }
		done
	done
}

run_tests() {
	need_compilers
	stop_if_missing
	say "format"
	check_format
	say "generated files"
	check_generated
	say "vet"
	go vet ./...
	say "staticcheck"
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	say "tests, those of the built library in C, Python and Node among them"
	GOFLAGS=$plain go test -race -timeout 20m ./...
	say "fuzzing"
	fuzz 10000x # not a time: the fuzzer may call it a failure when time runs out
}

# record LIB: plays every scenario through TDLib on a local server. What the repository says afterwards about differences is new.
record() {
	local real=${1:-${TDJSON_REAL:-}}
	if [ ! -f "$real" ]; then
		cat >&2 <<'EOF'
missing: TDLib's own library, version 1.8.65. Name it: ./build.sh record PATH/libtdjson.so
It is to be had from npm: npm install @prebuilt-tdlib/linux-x64-glibc@0.1008065.0
and is then node_modules/@prebuilt-tdlib/linux-x64-glibc/libtdjson.so
EOF
		exit 1
	fi
	need_compilers
	need python3 "Python 3, for example: apt install python3"
	stop_if_missing
	TDJSON_REAL=$(readlink -f "$real") go test ./td -count 1 -run '^TestScenarios$' -parallel 2 -update
}

case ${1:-lib} in
lib)
	need_compilers
	stop_if_missing
	build_library "${2:-build}" "${3:-}"
	;;
install)
	[ $# = 2 ] || { usage >&2; exit 2; }
	need_compilers
	stop_if_missing
	install_library "$2"
	;;
package)
	need_compilers
	stop_if_missing
	shift
	[ $# -gt 0 ] || set -- "$(host)"
	package "$@"
	;;
reproduce) reproduce ;;
platforms) platforms linux/amd64 linux/amd64-musl linux/arm64 windows/amd64 ;;
demo) demo ;;
testdc | tdsession)
	go build -o "build/$1" "./cmd/$1"
	exec "build/$1" "${@:2}"
	;;
test) run_tests ;;
record) record "${2:-}" ;;
fuzz)
	[ $# = 2 ] || { usage >&2; exit 2; }
	fuzz "$2"
	;;
generate)
	[ $# = 2 ] || { usage >&2; exit 2; }
	generate "$2" .
	;;
*)
	usage
	[ "$1" = help ] || exit 2
	;;
esac
