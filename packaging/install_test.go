// Package packaging has what installs and packs the library, and here the tests of it.
package packaging

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "tdjson/td" // so that a change to the library runs the tests again
)

const version = "1.8.65"

// need skips the test if a program that it takes is missing.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is needed for this test and is not installed", p)
		}
	}
}

// run runs a program in dir, with settings added to the environment, and returns what it says on its standard output.
func run(t *testing.T, dir string, settings []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), settings...)
	var errors strings.Builder
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s%s", name, args, err, out, &errors)
	}
	return string(out)
}

func abs(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// install installs the library into a new folder and returns that.
func install(t *testing.T, libdir string) string {
	t.Helper()
	need(t, "bash", "cc")
	root := t.TempDir()
	out := run(t, "..", []string{"DESTDIR=" + root, "LIBDIR=" + libdir}, "bash", abs(t, "../build.sh"), "install", "/opt/td")
	if !strings.Contains(out, root+"/opt/td") {
		t.Errorf("build.sh does not say where it installed: %q", out)
	}
	return filepath.Join(root, "opt/td")
}

// TestInstall: what is installed serves programs that were written for TDLib, in each way that they are built.
func TestInstall(t *testing.T) {
	for _, libdir := range []string{"lib", "lib/x86_64-linux-gnu"} {
		prefix := install(t, libdir)
		t.Run(libdir, func(t *testing.T) {
			t.Run("files", func(t *testing.T) { checkFiles(t, prefix, libdir) })
			t.Run("cc", func(t *testing.T) { checkCompiler(t, prefix, libdir) })
			t.Run("pkg-config", func(t *testing.T) { checkPkgConfig(t, prefix, libdir) })
			t.Run("cmake", func(t *testing.T) { checkCMake(t, prefix, version) })
			t.Run("cmake, another version", func(t *testing.T) { checkCMake(t, prefix, "1.8.64") })
		})
	}
}

func checkFiles(t *testing.T, prefix, libdir string) {
	want := map[string]string{ // what a link points to, or nothing
		"include/td/telegram/td_json_client.h":     "",
		"include/td/telegram/td_log.h":             "",
		"include/td/telegram/tdjson_export.h":      "",
		libdir + "/cmake/Td/TdConfig.cmake":        "",
		libdir + "/cmake/Td/TdConfigVersion.cmake": "",
		libdir + "/libtdjson.so":                   "libtdjson.so." + version,
		libdir + "/libtdjson.so." + version:        "",
		libdir + "/pkgconfig/tdjson.pc":            "",
	}
	err := filepath.Walk(filepath.Dir(filepath.Dir(prefix)), func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name, _ := filepath.Rel(prefix, path)
		link, ok := want[name]
		delete(want, name)
		if got, _ := os.Readlink(path); !ok || got != link {
			t.Errorf("%s, a link to %q, want %q", name, got, link)
		}
		if link == "" && info.Mode() != 0o644 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
		return nil
	})
	if err != nil || len(want) > 0 {
		t.Error("missing:", want, err)
	}
	config, err := os.ReadFile(filepath.Join(prefix, libdir, "pkgconfig/tdjson.pc"))
	if err != nil || strings.Contains(string(config), "@") || !strings.Contains(string(config), "prefix=/opt/td\n") {
		t.Errorf("tdjson.pc: %v\n%s", err, config)
	}
}

// checkProgram runs a program that was built with the installed library.
func checkProgram(t *testing.T, program string, settings ...string) {
	t.Helper()
	out := run(t, t.TempDir(), settings, program, version)
	if !strings.Contains(out, `"@extra":"the version"`) {
		t.Errorf("%s says %q", program, out)
	}
}

func checkCompiler(t *testing.T, prefix, libdir string) {
	dir, lib := t.TempDir(), filepath.Join(prefix, libdir)
	run(t, dir, nil, "cc", "-Wall", "-Wextra", "-Werror", "-I"+prefix+"/include", abs(t, "testdata/program.c"),
		"-L"+lib, "-ltdjson", "-o", "program")
	checkProgram(t, filepath.Join(dir, "program"), "LD_LIBRARY_PATH="+lib)
}

func checkPkgConfig(t *testing.T, prefix, libdir string) {
	need(t, "pkg-config")
	dir, lib := t.TempDir(), filepath.Join(prefix, libdir)
	root := strings.TrimSuffix(prefix, "/opt/td")
	settings := []string{"PKG_CONFIG_PATH=" + lib + "/pkgconfig", "PKG_CONFIG_SYSROOT_DIR=" + root}
	if got := run(t, dir, settings, "pkg-config", "--modversion", "tdjson >= 1.8.61"); got != version+"\n" {
		t.Errorf("version %q", got)
	}
	flags := run(t, dir, settings, "pkg-config", "--cflags", "--libs", "tdjson")
	run(t, dir, nil, "cc", append([]string{abs(t, "testdata/program.c"), "-o", "program"}, strings.Fields(flags)...)...)
	checkProgram(t, filepath.Join(dir, "program"), "LD_LIBRARY_PATH="+lib)
}

// checkCMake builds a project that asks for a version of TDLib; if it is another one than ours, it must be told so.
func checkCMake(t *testing.T, prefix, wanted string) {
	need(t, "cmake", "make")
	dir := t.TempDir()
	args := []string{"-DWANTED=" + wanted, "-DCMAKE_PREFIX_PATH=" + prefix, "-DCMAKE_LIBRARY_ARCHITECTURE=x86_64-linux-gnu", abs(t, "testdata/cmake")}
	if wanted != version {
		cmd := exec.CommandContext(t.Context(), "cmake", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "version: "+version) {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	run(t, dir, nil, "cmake", args...)
	run(t, dir, nil, "cmake", "--build", ".")
	checkProgram(t, filepath.Join(dir, "program")) // CMake notes the library's place in it
	checkProgram(t, filepath.Join(dir, "direct"))
}
