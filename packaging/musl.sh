# Builds the library for musl. Part of build.sh, which sets $here and $version.

# start_for_musl COMPILER FILE.a: replaces the constructor in Go's archive, which crashes there, with that of musl/start.c.
start_for_musl() (
	parts=$(mktemp -d)
	trap 'rm -rf "$parts"' EXIT
	tool() { "$($cc -print-prog-name="$1")" "${@:2}"; }
	cc=$1 archive=$2
	(cd "$parts" && tool ar x "$archive" go.o)
	start=$(tool nm "$parts/go.o" | sed -n 's/.* \(_rt0_[a-z0-9]*_linux_lib\)$/\1/p')
	[ -n "$start" ] || { echo "$archive: no start of Go's runtime in its go.o; this version of Go names it differently" >&2; exit 1; }
	tool objcopy --globalize-symbol="$start" --remove-section .init_array --remove-section .rela.init_array "$parts/go.o" "$parts/bare.o"
	$cc -Wall -Wextra -Werror -O2 -fPIC -DSTART="$start" -c -o "$parts/start.o" packaging/musl/start.c
	tool ld -r -o "$parts/both.o" "$parts/bare.o" "$parts/start.o"
	tool objcopy --localize-symbol="$start" "$parts/both.o" "$parts/go.o"
	tool ar r "$archive" "$parts/go.o"
)

# build_for_musl DIR GOARCH COMPILER: the static library, and the shared one made of it.
build_for_musl() {
	local options
	CGO_ENABLED=1 GOOS=linux GOARCH=$2 CC=$3 \
		go build -buildmode=c-archive -ldflags "-s -w -buildid=" -o "$1/libtdjson.a" ./capi
	rm -f "$1/libtdjson.h" # Go's own header; ours is in include/
	start_for_musl "$3" "$1/libtdjson.a"
	eval "options=($(link_options linux "$1"))"
	$3 -shared -s -Wl,-z,relro -Wl,-z,nodelete "${options[@]}" -Wl,--whole-archive "$1/libtdjson.a" -Wl,--no-whole-archive \
		-o "$1/$(library_name linux)"
}
