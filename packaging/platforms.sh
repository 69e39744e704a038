# Builds the library for the other kinds of machine and runs two programs with it there: one asks for the version, one logs in
# to the local Telegram. Part of build.sh. Not a part of the tests: for each of them Telegram's API is compiled anew.

# platforms TARGET...
platforms() {
	local target dir
	work=$(mktemp -d)
	trap stop_server EXIT
	start_server "$work"
	for target; do
		say "$target"
		dir=$work/${target/\//-}
		build_library "$dir" "$target"
		try_program "$target" "$dir"
	done
}

# try_program TARGET FOLDER: the programs are linked with the library there.
try_program() {
	local program=$2/program
	$(compiler "$1") -Wall -Wextra -Werror -Iinclude -o "$program" packaging/testdata/program.c -L"$2" -ltdjson
	$(compiler "$1") -Wall -Wextra -Werror -Iinclude -o "$2/login" packaging/testdata/login.c -L"$2" -ltdjson
	case $1 in
	*-musl) try_musl "$1" "$2" ;;
	"$(host)") try_here "$2" ;;
	linux/arm64) try_arm64 "$2" ;;
	linux/amd64) echo "no emulator for $1 here, not run" ;;
	windows/*) try_windows "$2" ;;
	esac
	case $1 in *-musl) ;; linux/*) echo "needs glibc $(oldest_glibc "$2/libtdjson.so") or newer" ;; esac
}

# log_in DIRECTORY COMMAND...: logs in, finds itself logged in and logs out, and has to log in again.
log_in() {
	local round
	for round in new known new; do timeout 120 "${@:2}" $round "$1"; done
}

# try_here FOLDER
try_here() (
	export LD_LIBRARY_PATH=$1
	timeout 60 "$1/program" "$version"
	log_in "$1/database" "$1/login"
)

# try_musl TARGET FOLDER: the program with the shared library, and one that has all in it.
try_musl() {
	try_here "$2"
	$(compiler "$1") -static -Wall -Wextra -Werror -Iinclude -o "$2/static" packaging/testdata/program.c "$2/libtdjson.a"
	timeout 60 "$2/static" "$version"
}

# try_arm64 FOLDER: with the libc that comes with Debian's cross compiler.
try_arm64() {
	local emulator
	emulator=$(command -v qemu-aarch64-static || command -v qemu-aarch64) || { echo "no qemu-aarch64 (apt install qemu-user-static), not run"; return; }
	set -- "$1" "$emulator" -L /usr/aarch64-linux-gnu -E "LD_LIBRARY_PATH=$1"
	timeout 120 "${@:2}" "$1/program" "$version"
	log_in "$1/database" "${@:2}" "$1/login"
}

# try_windows FOLDER: Wine before version 9 lacks the system library that Go takes random bytes from, so it gets one.
try_windows() {
	local system=$work/wine/drive_c/windows/system32
	command -v wine >/dev/null || { echo "no wine (apt install wine64), not run"; return; }
	export WINEPREFIX=$work/wine WINEDEBUG=-all
	timeout 120 wine hostname >/dev/null 2>&1 || true # makes its folders
	[ -e "$system/bcryptprimitives.dll" ] ||
		x86_64-w64-mingw32-gcc -shared -o "$system/bcryptprimitives.dll" packaging/testdata/bcryptprimitives.c -ladvapi32
	timeout 120 wine "$1/program.exe" "$version"
	TDJSON_TEST_SERVER=$(winepath -w "$TDJSON_TEST_SERVER") log_in 'C:\tdjson\database' wine "$1/login.exe"
	wineserver -k 2>/dev/null || true
}
