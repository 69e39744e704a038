# What the library is built for. Part of build.sh, which sets $here and $version.

# host: this machine, as a target. Its C compiler says which C library it has.
host() {
	case $("${CC:-cc}" -dumpmachine 2>/dev/null) in
	*musl*) echo "$(go env GOHOSTOS)/$(go env GOHOSTARCH)-musl" ;;
	*) echo "$(go env GOHOSTOS)/$(go env GOHOSTARCH)" ;;
	esac
}

# library_name OS: the file's name has the version where programs that are linked with it look for it so.
library_name() {
	case $1 in
	windows) echo tdjson.dll ;;
	darwin) echo libtdjson.dylib ;;
	*) echo "libtdjson.so.$version" ;;
	esac
}

# compiler TARGET: the C compiler for another kind of machine, as Debian names it.
compiler() {
	case $1 in
	"$(host)") echo "${CC:-cc}" ;;
	"$(host)-musl") echo musl-gcc ;;
	linux/amd64) echo x86_64-linux-gnu-gcc ;;
	linux/arm64) echo aarch64-linux-gnu-gcc ;;
	windows/amd64) echo x86_64-w64-mingw32-gcc ;;
	*) echo "no compiler known for $1; known are linux/amd64, linux/arm64, windows/amd64 and $(host)-musl" >&2; exit 2 ;;
	esac
}

# link_options OS FOLDER: for the C linker. Go's own build ID is left out, since these paths count for it.
link_options() {
	case $1 in
	linux) echo "-Wl,-soname,$(library_name linux) '-Wl,--version-script=$here/capi/exports.map'" ;;
	windows) echo "'-Wl,--out-implib,$2/libtdjson.dll.a' -static -lwinpthread" ;;
	esac
}

# build_library DIR [TARGET]
build_library() {
	local target=${2:-$(host)} dir os file cc
	os=${target%/*}
	file=$(library_name "$os")
	cc=$(compiler "$target")
	need "${cc%% *}" "the C compiler for $target"
	stop_if_missing
	mkdir -p "$1"
	dir=$(cd "$1" && pwd)
	case $target in
	*-musl)
		target=${target%-musl}
		build_for_musl "$dir" "${target#*/}" "$cc"
		;;
	*)
		CGO_ENABLED=1 GOOS=$os GOARCH=${target#*/} CC=$cc \
			go build -buildmode=c-shared -ldflags "-s -w -buildid= -extldflags \"$(link_options "$os" "$dir")\"" -o "$dir/$file" ./capi
		rm -f "$dir/${file%.*}.h" # Go's own header; ours is in include/
		;;
	esac
	if [ "$os" = linux ]; then ln -sf "$file" "$dir/libtdjson.so"; fi
}
