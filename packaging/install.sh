# Installs the library where TDLib's own installation puts it. Part of build.sh, which sets $here and $version.

# fill TEMPLATE PREFIX LIBDIR: the template with its @names@ filled in.
fill() {
	local up
	up=$(realpath -ms --relative-to="/$3" /)
	sed -e "s|@version@|$version|g" -e "s|@prefix@|${2:-\${pcfiledir\}/../$up}|g" -e "s|@libdir@|$3|g" -e "s|@up@|$up|g" \
		"$here/packaging/$1"
}

# lay_out FOLDER ROOT PREFIX LIBDIR OS: puts the library that was built into FOLDER, and all that belongs to it, under
# ROOT, to be used from PREFIX, or from any place if that is empty. LIBDIR is relative to PREFIX: lib, or a folder for
# the kind of machine as in Debian.
lay_out() {
	local lib=$2$3/$4 include=$2$3/include/td/telegram file
	install -d "$lib" "$include"
	install -m 644 include/td/telegram/*.h "$include"
	if [ "$5" = windows ]; then
		install -d "$2$3/bin"
		install -m 755 "$1/tdjson.dll" "$2$3/bin"
		install -m 644 "$1/libtdjson.dll.a" "$lib"
		return
	fi
	install -d "$lib/pkgconfig" "$lib/cmake/Td"
	install -m 644 "$1/libtdjson.so.$version" "$lib"
	ln -sf "libtdjson.so.$version" "$lib/libtdjson.so"
	fill tdjson.pc.in "$3" "$4" >"$lib/pkgconfig/tdjson.pc"
	for file in TdConfig TdConfigVersion; do
		fill "$file.cmake.in" "$3" "$4" >"$lib/cmake/Td/$file.cmake"
	done
	chmod 644 "$lib/pkgconfig/tdjson.pc" "$lib"/cmake/Td/*
}

# install_library PREFIX: for this machine; DESTDIR and LIBDIR mean what they mean elsewhere.
install_library() {
	local libdir=${LIBDIR:-lib} prefix
	prefix=$(realpath -ms "$1")
	case $libdir in
	/*) echo "LIBDIR=$libdir must be relative to PREFIX, for example lib/x86_64-linux-gnu" >&2; exit 2 ;;
	esac
	[ "$prefix" != / ] || prefix=
	build_library build
	lay_out build "${DESTDIR:-}" "$prefix" "$libdir" linux
	echo "installed under ${DESTDIR:-}$prefix; if programs do not find libtdjson.so, run ldconfig"
}
