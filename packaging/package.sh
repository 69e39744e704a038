# Makes the packages in dist/. Part of build.sh, which sets $here and $version. The same sources make the same bytes:
# names are sorted, owners and times are fixed.

commit=062f26052623dbecedb42075cab78a759e9f9987 # of TDLib, where its version was raised to ours
release=1 # of these packages, raised when they change and TDLib's version does not

# pack FOLDER FILE.tar.gz: the folder under its own name.
pack() {
	tar -C "$(dirname "$1")" --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rwX,go+rX,go-w \
		--mtime="@$SOURCE_DATE_EPOCH" -cf - "$(basename "$1")" | gzip -9n >"$2"
}

# package TARGET...: packs the library for each.
package() {
	local target os arch
	case " $* " in *-musl" "*) echo "for musl there are no packages: ./build.sh lib DIR TARGET, or install PREFIX" >&2; exit 2 ;; esac
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	# The time that all packed files get is that of the last commit.
	export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
	install -d dist
	npm_begin
	go build -o "$work/notices" ./packaging/notices
	for target; do
		os=${target%/*} arch=${target#*/}
		say "$target"
		build_library "$work/lib" "$target"
		licences "$os" "$arch" >"$work/LICENSES.txt"
		pack_tarball "$os" "$arch"
		if [ "$os" = linux ]; then pack_debian "$arch"; fi
		npm_add "$os" "$arch"
		rm -rf "$work/lib"
	done
	npm_end
	ls -l dist
}

# licences OS ARCH: the project's own, if it has one, and those of all that is linked in.
licences() {
	local file
	for file in LICENSE*; do
		[ ! -e "$file" ] || { cat "$file"; printf '\n'; }
	done
	GOOS=$1 GOARCH=$2 CGO_ENABLED=1 "$work/notices" ./capi
}

# pack_tarball OS ARCH: a tree that can be used from any place.
pack_tarball() {
	local tree=$work/tdjson-$version-$1-$2
	lay_out "$work/lib" "$tree" "" lib "$1"
	install -m 644 "$work/LICENSES.txt" README.md "$tree"
	pack "$tree" "dist/${tree##*/}.tar.gz"
	rm -r "$tree"
}

# pack_debian ARCH: the library and what programs are built with. The names are none of Debian's own packages, and both
# can be there at once unless they are of the same version.
pack_debian() {
	command -v dpkg-deb >/dev/null || { echo "no dpkg-deb at hand, no Debian package"; return; }
	local root=$work/deb lib dev name=libtdjson-go$version triplet
	triplet=$(case $1 in amd64) echo x86_64 ;; arm64) echo aarch64 ;; *) echo "$1" ;; esac)-linux-gnu
	lib=$root/lib dev=$root/dev
	lay_out "$work/lib" "$dev" /usr "lib/$triplet" linux
	install -d "$lib/usr/lib/$triplet" "$lib/DEBIAN" "$dev/DEBIAN"
	mv "$dev/usr/lib/$triplet/libtdjson.so.$version" "$lib/usr/lib/$triplet"
	echo "libtdjson $version $name" >"$lib/DEBIAN/shlibs"
	echo "activate-noawait ldconfig" >"$lib/DEBIAN/triggers"
	debian "$lib" "$name" "$1" libs "libc6 (>= $(oldest_glibc "$lib/usr/lib/$triplet/libtdjson.so.$version"))" "same" <<-EOF
		Description: Telegram for any language, with TDLib's JSON interface
		 libtdjson sends and receives JSON objects: it is a client of Telegram for
		 programs in any language that can load a C library. Its interface is that of
		 TDLib $version.
	EOF
	debian "$dev" libtdjson-go-dev "$1" libdevel "$name (= $version-$release)" "same" <<-EOF
		Conflicts: libtd-dev, libtdjson-dev
		Description: Telegram for any language (development files)
		 libtdjson sends and receives JSON objects: it is a client of Telegram for
		 programs in any language that can load a C library.
		 .
		 This package has the C headers and what pkg-config and CMake ask for.
	EOF
	rm -r "$root"
}

# oldest_glibc FILE: the version of glibc that the library asks for.
oldest_glibc() { objdump -T "$1" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -Vu | tail -1; }

# debian ROOT NAME ARCH SECTION DEPENDS MULTIARCH <FIELDS: completes the tree ROOT and packs it.
debian() {
	local doc=$1/usr/share/doc/$2 maintainer="tdjson maintainers <tdjson@example.org>"
	install -d "$doc"
	install -m 644 "$work/LICENSES.txt" "$doc/copyright"
	cat >"$work/changelog" <<-EOF
		tdjson-go ($version-$release) unstable; urgency=medium

		  * The interface of TDLib $version.

		 -- $maintainer  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
	EOF
	gzip -9n <"$work/changelog" >"$doc/changelog.Debian.gz"
	chmod 644 "$doc"/*
	# The terms are the modules' own texts, whole; and the name keeps clear of Debian's package.
	install -d "$1/usr/share/lintian/overrides"
	printf "$2: %s\n" copyright-file-contains-full-apache-2-license >"$1/usr/share/lintian/overrides/$2"
	[ "$4" != libs ] || echo "$2: package-name-doesnt-match-sonames libtdjson$version" >>"$1/usr/share/lintian/overrides/$2"
	chmod 644 "$1/usr/share/lintian/overrides/$2"
	{
		printf '%s\n' "Package: $2" "Source: tdjson-go" "Version: $version-$release" "Architecture: $3" "Multi-Arch: $6" \
			"Section: $4" "Priority: optional" "Maintainer: $maintainer" "Depends: $5" \
			"Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$1" | cut -f1)"
		cat
	} >"$1/DEBIAN/control"
	(cd "$1" && find . -type f ! -path './DEBIAN/*' -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' md5sum) >"$1/DEBIAN/md5sums"
	chmod 644 "$1"/DEBIAN/*
	# One thread, since several would cut the file differently.
	DPKG_DEB_THREADS_MAX=1 \
		dpkg-deb --root-owner-group -Zxz --build "$1" "dist/$2_$version-${release}_$3.deb" >/dev/null
}

# The npm package holds the library for all targets. It has the interface of the npm package prebuilt-tdlib.
npm_begin() {
	local number=0.${version%%.*}
	for part in $(cut -d. -f2,3 --output-delimiter=' ' <<<"$version"); do number+=$(printf %03d "$part"); done
	install -d "$work/package"
	install -m 644 packaging/npm/index.js packaging/npm/index.d.ts packaging/npm/README.md "$work/package"
	sed -e "s|@npm_version@|$number.$((release - 1))|" -e "s|@version@|$version|" -e "s|@commit@|$commit|" \
		packaging/npm/package.json.in >"$work/package/package.json"
}

# npm_add OS ARCH: the names are Node's own.
npm_add() {
	local system=$1 cpu=$2 libc='' file
	case $1 in windows) system=win32 ;; linux) libc=-glibc ;; esac
	case $2 in amd64) cpu=x64 ;; esac
	install -d "$work/package/prebuilds/$system-$cpu$libc"
	file=$(library_name "$1")
	install -m 644 "$work/lib/$file" "$work/package/prebuilds/$system-$cpu$libc/${file/so.$version/so}"
	cat "$work/LICENSES.txt" >>"$work/npm-licences"
}

npm_end() {
	local file
	install -m 644 "$work/npm-licences" "$work/package/LICENSES.txt"
	file=dist/prebuilt-tdjson-$(sed -n 's/.*"version": "\(0[^"]*\)".*/\1/p' "$work/package/package.json").tgz
	pack "$work/package" "$file"
}

# reproduce: packs the same sources in two folders, the second time with nothing compiled before, and compares.
reproduce() {
	local tree
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	for tree in "$work/one" "$work/another longer one/tree"; do
		mkdir -p "$tree"
		git ls-files -z | tar --null --files-from=- -cf - | tar -xf - -C "$tree"
	done
	export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
	(cd "$work/one" && ./build.sh package)
	(cd "$tree" && umask 077 && GOCACHE=$work/cache ./build.sh package)
	(cd "$work/one/dist" && sha256sum -- *) | tee "$work/sums"
	(cd "$tree/dist" && sha256sum --quiet -c "$work/sums") && echo "the same, byte for byte"
}
